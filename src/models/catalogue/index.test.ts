import { describe, expect, it } from "vitest";
import { isFalId, resolveModel, successorOf } from "../names.ts";
import { CATALOGUE, FAMILIES } from "./index.ts";

describe("CATALOGUE", () => {
	it("begins with the models that it has had the longest", () => {
		expect(CATALOGUE.slice(0, 4).map(({ id }) => id)).toEqual([
			"imagen4-preview",
			"imagen4-fast",
			"imagen4-ultra",
			"nano-banana-2",
		]);
	});

	it("gives each name to one model only", () => {
		const names = CATALOGUE.flatMap(({ id, endpoint, chatAlias, aliases }) => [id, endpoint, chatAlias, ...aliases]);
		expect(new Set(names).size).toBe(names.length);
	});

	it.each(CATALOGUE)("has $id under all its names", ({ id, endpoint, chatAlias, aliases }) => {
		const names = [id, endpoint, chatAlias, ...aliases.map((alias) => alias.replace("*", "9-turbo"))];
		for (const name of [...names, ` ${chatAlias} `, id.toUpperCase()]) expect(resolveModel(name)?.id).toBe(id);
	});

	it.each(CATALOGUE)("has a chat alias for $id that no chat client takes for an image model", ({ chatAlias }) => {
		expect(chatAlias).toMatch(/^darkroom(?:-[a-z0-9]+)*$/);
		expect(chatAlias).not.toMatch(/imagen|flux|sd|-image|dall-e|stable|midjourney/);
	});

	it.each(CATALOGUE)("has a legal endpoint for $id, and a successor that exists", ({ id, endpoint, successor }) => {
		expect(isFalId(endpoint)).toBe(true);
		if (successor !== null) expect(resolveModel(successor)?.id).toBe(successor);
		expect(successorOf(id)).toBe(successor);
	});

	it.each(CATALOGUE)("has a day of release for $id, if anybody tells it", ({ releasedOn }) => {
		if (releasedOn === null) return;
		expect(new Date(releasedOn).toISOString().slice(0, 10)).toBe(releasedOn);
	});
});

describe("FAMILIES", () => {
	it("puts a longer prefix before a shorter one that would hide it", () => {
		const prefixes = FAMILIES.map(([prefix]) => prefix);
		for (const [index, prefix] of prefixes.entries()) {
			expect(prefixes.slice(0, index).filter((earlier) => prefix.startsWith(earlier))).toEqual([]);
		}
	});
});
