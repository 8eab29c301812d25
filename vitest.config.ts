import { defineConfig } from "vitest/config";

export default defineConfig({
	test: {
		projects: [
			{
				// The pure core and the renderings: plain values, no runtime needed.
				test: { name: "core", include: ["test/core/**/*.test.ts"] },
			},
			{
				// Real packages over real HTTP against real Workers, from Node.
				test: { name: "clients", include: ["test/clients/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000 },
			},
		],
	},
});
