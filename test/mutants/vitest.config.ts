/** The tests that Stryker runs against each mutant: those of the pure rooms, which need no runtime. */
import { defineConfig } from "vitest/config";

export default defineConfig({
	test: { include: ["src/**/*.test.ts"], exclude: ["**/*.worker.test.ts"], testTimeout: 20_000 },
});
