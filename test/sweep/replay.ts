// Says again what a program once said, in this process: the values are those of the recording, the order is what depends on
// what, and only the ids of providers, which the engine draws, are put in anew.
import pb from "@pulumi/pulumi/proto/resource_pb";
import type { Ending, ProgramOptions, StartProgram } from "../../rehearsal/engine/program";
import type { Recording, Said } from "./record";

type Answers = ProgramOptions["answers"];

export const replaying =
  ({ said }: Recording): StartProgram =>
  ({ answers }) => {
    let stop: (ending: Ending) => void = () => undefined;
    const stopped = new Promise<Ending>((resolve) => {
      stop = resolve;
    });
    const finished = say(answers, said).then(
      (): Ending => ({ ok: true }),
      (error: Error): Ending => ({ ok: false, told: false, reason: error.message }),
    );
    return {
      ended: Promise.race([finished, stopped]),
      stop: async () => stop({ ok: false, told: true, reason: "stopped" }),
    };
  };

async function say(answers: Answers, said: readonly Said[]): Promise<void> {
  const made = new Map<string, Promise<{ readonly id: string }>>();
  /** Recorded provider reference to the one of this run. */
  const references = new Map<string, string>();
  const all = said.map((one) => {
    const work = sayOne(answers, one, made, references);
    work.catch(() => undefined); // told by the wait below
    if (one.what !== "outputs") made.set(one.urn, work);
    return work;
  });
  await Promise.all(all);
  await answers.signalAndWaitForShutdown();
}

async function sayOne(
  answers: Answers,
  one: Said,
  made: ReadonlyMap<string, Promise<{ readonly id: string }>>,
  references: Map<string, string>,
): Promise<{ readonly id: string }> {
  // What was answered before this was said is what it may have been made from.
  const before = (urns: Iterable<string>) => Promise.all([...urns].map((urn) => made.get(urn)));
  const now = (reference: string) => references.get(reference) ?? reference;
  const bare = (reference: string) => reference.slice(0, reference.lastIndexOf("::"));
  if (one.what === "outputs") {
    const request = pb.RegisterResourceOutputsRequest.deserializeBinary(one.bytes);
    await before(request.getUrn() === "" ? [] : [request.getUrn()]);
    await answers.registerResourceOutputs(request);
    return { id: "" };
  }
  if (one.what === "read") {
    const request = pb.ReadResourceRequest.deserializeBinary(one.bytes);
    await before([request.getParent(), bare(request.getProvider()), ...request.getDependenciesList()]);
    request.setProvider(now(request.getProvider()));
    await answers.readResource(request);
    return { id: one.id };
  }
  const request = pb.RegisterResourceRequest.deserializeBinary(one.bytes);
  const needed = new Set([request.getParent(), bare(request.getProvider()), ...request.getDependenciesList()]);
  request.getPropertydependenciesMap().forEach((list) => {
    for (const urn of list.getUrnsList()) needed.add(urn);
  });
  for (const [, reference] of request.getProvidersMap().toArray() as [string, string][]) needed.add(bare(reference));
  await before(needed);
  request.setProvider(now(request.getProvider()));
  for (const [pkg, reference] of request.getProvidersMap().toArray() as [string, string][])
    request.getProvidersMap().set(pkg, now(reference));
  const response = await answers.registerResource(request);
  references.set(`${one.urn}::${one.id}`, `${one.urn}::${response.getId()}`);
  return { id: response.getId() };
}
