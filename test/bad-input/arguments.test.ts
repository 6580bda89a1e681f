// What a program could pass to a component by mistake: refused before the component or anything of it is registered.
// All of a cloud's cases run in one program, since a refusal leaves nothing behind; that it does is what is tested.
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { clouds } from "../../components/cloud";
import { type Recording, record } from "../recorder";
import type { ArgumentCase } from "./arguments/case";
import { cases } from "./arguments/cases";
import { type Ground, groundOn, type Subject, type SubjectName, subjects } from "./arguments/ground";
import { nasty } from "./arguments/nasty";
import { confused } from "./message";

const named = Object.entries(subjects) as [SubjectName, Subject][];
type Args = Readonly<Record<string, unknown>>;

/** What came of it: the refusal's message, or what else was thrown, or nothing. */
function attempt(subject: Subject, name: unknown, args: unknown): string {
  try {
    new subject.class(name as string, args as never);
    return "it was accepted";
  } catch (error) {
    return pulumi.RunError.isInstance(error) ? error.message : `not a refusal: ${String((error as Error).stack)}`;
  }
}

const wrongOf = ([wrong]: ArgumentCase, ground: Ground): Args => (typeof wrong === "function" ? wrong(ground) : wrong);
const words = (wrong: Args) => Object.keys(wrong).join(" ");

describe("arguments are refused", () => {
  for (const cloud of clouds)
    describe(`on ${cloud}`, () => {
      const messages = new Map<string, string>();
      let random: readonly string[] = [];
      let recording: Recording;

      before(async () => {
        recording = await record(
          () => {
            const ground = groundOn(cloud);
            for (const [name, subject] of named) {
              const fine: Args = subject.fine(ground);
              for (const [index, one] of cases[name].entries())
                if (!one[2] || one[2].includes(cloud))
                  messages.set(`${name} ${index}`, attempt(subject, "bad", { ...fine, ...wrongOf(one, ground) }));
              for (const nothing of [undefined, null, [], "args", 5, pulumi.output({})])
                messages.set(`${name} of ${String(typeof nothing)} ${messages.size}`, attempt(subject, "bad", nothing));
              for (const nameless of [undefined, "", 5])
                messages.set(`${name} named ${String(nameless)}`, attempt(subject, nameless, fine));
            }
            random = scribbled(ground);
          },
          { preview: true },
        );
      });

      for (const [name] of named)
        for (const [index, one] of cases[name].entries())
          if (!one[2] || one[2].includes(cloud)) {
            const shown = typeof one[0] === "function" ? String(one[1]) : `${words(one[0])}: ${String(one[1])}`;
            it(`${name} ${index}, ${shown}`, () => assert.match(messages.get(`${name} ${index}`) ?? "", one[1]));
          }

      it("by name of the component and of the argument, in words for people", () => {
        for (const [which, message] of messages) {
          const [component = ""] = which.split(" ");
          assert.ok(
            message.startsWith(`${component} "`) ||
              message.startsWith(`${component} missing`) ||
              message.startsWith(`${component} 5`),
            `${which}: ${message}`,
          );
          assert.equal(confused(message), undefined, message);
          assert.doesNotMatch(message, /hunter2/);
        }
      });

      it("whatever stands in place of an argument, and never by an error of JavaScript's", () => {
        for (const message of random) assert.doesNotMatch(message, /^not a refusal/);
        for (const message of random) assert.equal(confused(message), undefined, message);
      });

      it("with nothing registered", () => {
        const bad = recording.registrations.filter(({ name }) => /^(bad|5)\b/.test(name));
        assert.deepEqual(
          bad.map(({ urn }) => urn),
          [],
        );
      });
    });

  it("in at least two hundred ways, on three clouds", () => {
    const count = Object.values(cases).flat().length;
    assert.ok(count >= 200, `${count} cases`);
  });
});

/** Values of any kind in place of one argument; what is taken all the same would be built, so those are left out. */
function scribbled(ground: Ground): readonly string[] {
  const messages: string[] = [];
  fc.assert(
    fc.property(fc.constantFrom(...named), fc.nat(), nasty, ([, subject], which, value) => {
      const fine: Args = subject.fine(ground);
      const fields = Object.keys(fine);
      const field = fields[which % fields.length] ?? "site";
      messages.push(attempt(subject, "bad", { ...fine, [field]: value, certainlyNoArgument: 1 }));
    }),
    { numRuns: 600 },
  );
  return messages;
}
