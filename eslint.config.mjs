// Only what Biome can't see: rules that need types, and the borders between folders (design.md, section 1).
import tseslint from "typescript-eslint";

const roots = ["@pulumi/aws", "@pulumi/azure-native", "@pulumi/gcp", "@pulumi/kubernetes"].map((name) => ({
  name,
  message: `Import a module (${name}/...): the package root makes type checking 2x to 3x dearer.`,
}));
const border = (files, ...forbidden) => ({
  files,
  rules: {
    "no-restricted-imports": ["error", { paths: roots, patterns: forbidden.map((group) => ({ group: [group] })) }],
  },
});

export default tseslint.config(
  { ignores: ["node_modules/", ".rehearsal/"] },
  {
    files: ["**/*.ts"],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { "@typescript-eslint": tseslint.plugin },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/restrict-plus-operands": "error",
      "@typescript-eslint/no-base-to-string": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "no-restricted-imports": ["error", { paths: roots }],
    },
  },
  border(["components/**/*.ts"], "**/stacks/**", "**/rehearsal/**", "**/policies/rules/**", "**/policies/adapters/**"),
  border(["stacks/**/*.ts"], "**/rehearsal/**", "**/policies/rules/**", "**/policies/adapters/**"),
  border(
    ["policies/**/*.ts"],
    "**/components/**",
    "**/stacks/**",
    "**/rehearsal/**",
    "@pulumi/aws/**",
    "@pulumi/gcp/**",
  ),
  border(["rehearsal/**/*.ts"], "**/components/**", "**/stacks/**", "**/policies/**"),
  // node:test-style functions of mocha return promises that mocha awaits.
  {
    files: ["**/*.test.ts"],
    rules: { "@typescript-eslint/no-floating-promises": ["error", { allowForKnownSafeCalls: ["describe", "it"] }] },
  },
);
