/** Holds that every package is checked against its hash when it is installed. */

import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

interface Lock {
	readonly packages: Readonly<Record<string, { readonly integrity?: string; readonly link?: boolean }>>;
}

it("has a hash for every package of the lock", () => {
	const { packages }: Lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
	// The first entry is this project itself.
	const installed = Object.entries(packages).filter(([path, { link }]) => path !== "" && link !== true);
	expect(installed.length).toBeGreaterThan(100);
	expect(installed.filter(([, { integrity = "" }]) => !/^sha512-[\w+/]{86}==$/.test(integrity))).toEqual([]);
});
