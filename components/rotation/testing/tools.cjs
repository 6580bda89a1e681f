// Stands in for aws, az, gcloud, psql and pg_isready in a test of the scripts: a store and a database in one JSON file.
// `crash`: the write that ends its step, counted from 1, before or after it is done.
const { readFileSync, writeFileSync } = require("node:fs");
const { basename } = require("node:path");

const file = process.env.STATE;
const state = JSON.parse(readFileSync(file, "utf8"));
const tool = basename(process.argv[1]);
const words = process.argv.slice(2);
const option = (name) => words[words.indexOf(name) + 1];
const save = () => writeFileSync(file, JSON.stringify(state));
const say = (text) => process.stdout.write(text);
const fail = (text) => {
  process.stderr.write(`${text}\n`);
  process.exit(1);
};

function write(act) {
  state.writes += 1;
  const now = state.crash?.write === state.writes;
  if (!now || state.crash.when === "after") act();
  save();
  if (now) fail("killed");
}

const tools = {
  pg_isready: () => (state.down ? process.exit(2) : undefined),
  psql: () => {
    if (process.env.PGPASSWORD !== state.database) fail("FATAL: password authentication failed");
    if (!words.some((word) => word.startsWith("\\password"))) return;
    const [first, second] = readFileSync(0, "utf8").split("\n");
    if (first !== second || first === "") fail("Passwords didn't match.");
    write(() => {
      state.database = first;
    });
  },
  aws: () => {
    const stage = option("--version-stage");
    const found = state.versions.find((one) => one.stages.includes(stage));
    switch (words[1]) {
      case "get-secret-value": {
        if (!found) fail("An error occurred (ResourceNotFoundException)");
        say({ SecretString: found.value, VersionId: found.id, CreatedDate: found.created }[option("--query")]);
        return;
      }
      case "put-secret-value":
        return write(() => {
          const pending = option("--version-stages");
          for (const one of state.versions) one.stages = one.stages.filter((mark) => mark !== pending);
          const value = readFileSync(option("--secret-string").replace("file://", ""), "utf8");
          state.versions.push({
            id: `v${state.versions.length}`,
            value,
            stages: [pending],
            created: new Date().toISOString(),
          });
        });
      case "update-secret-version-stage":
        return write(() => {
          const to = state.versions.find((one) => one.id === option("--move-to-version-id"));
          const from = state.versions.find((one) => one.id === option("--remove-from-version-id"));
          if (!from.stages.includes(stage)) fail("InvalidParameterException");
          from.stages = from.stages.filter((mark) => mark !== stage);
          to.stages.push(stage);
        });
    }
  },
  az: () => {
    if (words[0] === "login") return;
    const all = (name) => state.versions.filter((one) => one.name === name);
    switch (words[2]) {
      case "show": {
        const found = words.includes("--id")
          ? state.versions.find((one) => one.id === option("--id"))
          : all(option("--name")).at(-1);
        say(option("--query") === "value" ? found.value : found.created);
        return;
      }
      case "list-versions":
        say(
          all(option("--name"))
            .map((one) => `${one.id}\n`)
            .join(""),
        );
        return;
      case "set":
        return write(() => {
          const value = readFileSync(option("--file"), "utf8");
          state.versions.push({
            id: `v${state.versions.length}`,
            name: option("--name"),
            value,
            created: new Date().toISOString(),
          });
        });
    }
  },
  gcloud: () => {
    if (words[2] === "access") {
      say(state.versions.filter((one) => one.name === option("--secret")).at(-1).value);
      return;
    }
    write(() => {
      state.versions.push({ name: words[3], value: readFileSync(option("--data-file"), "utf8") });
    });
  },
};
tools[tool]();
