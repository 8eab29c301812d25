import { describe, expect, it } from "vitest";
import {
	allKeysOf,
	fileOf,
	inputIndexOf,
	isFileName,
	isInputName,
	isPictureKey,
	keyOf,
	keyOfInput,
	keyOfInputFile,
	keyOfSlot,
	keyOfThumbnail,
	keyOfTurned,
	prefixOfSlot,
} from "./keys.ts";

const JOB = "0123456789abcdef".repeat(4);
const OTHER_JOB = "fedcba9876543210".repeat(4);

describe("a picture's key", () => {
	it("is built from the file name in its link, and gives that name back", () => {
		expect(keyOf(JOB, "0.png")).toBe(`images/${JOB}/0.png`);
		expect(fileOf(keyOf(JOB, "0.png"))).toBe("0.png");
	});

	it("is built from its slot and extension", () => {
		expect(keyOfSlot({ job: JOB, index: 3 }, "webp")).toBe(`images/${JOB}/3.webp`);
	});

	it("begins with the prefix of its slot, and of no other slot", () => {
		for (let index = 0; index < 16; index += 1) {
			const slots = Array.from({ length: 16 }, (_, other) => other).filter((other) =>
				keyOfSlot({ job: JOB, index: other }, "png").startsWith(prefixOfSlot({ job: JOB, index })),
			);
			expect(slots).toEqual([index]);
		}
	});
});

describe("a thumbnail's key", () => {
	it("lies beside its picture's, has a name that links show, and is no picture's", () => {
		const key = keyOfThumbnail({ job: JOB, index: 3 });
		expect(key).toBe(`images/${JOB}/3.thumb`);
		expect(isFileName(fileOf(key))).toBe(true);
		expect(isPictureKey(key)).toBe(false);
		expect(isPictureKey(keyOf(JOB, "3.png"))).toBe(true);
	});
});

describe("an input's key", () => {
	it("has a name that links show, and so has the turned form of a mask", () => {
		const key = keyOfInput(JOB, 12);
		expect(key).toBe(`inputs/${JOB}/12`);
		expect(keyOfTurned(key, "white")).toBe(`inputs/${JOB}/12-white`);
		for (const name of ["12", "12-white", "0-black"]) {
			expect(isInputName(name)).toBe(true);
			expect(fileOf(keyOfInputFile(JOB, name))).toBe(name);
		}
	});

	it.each([
		["image", 0, 0],
		["image", 15, 15],
		["mask", 0, 16],
		["markup", 0, 17],
	] as const)("of the %s %i has the index %i", (role, nth, index) => {
		expect(inputIndexOf(role, nth)).toBe(index);
		expect(allKeysOf(JOB)).toContain(keyOfInput(JOB, index));
	});

	it.each(["", "-1", "100", "1.png", "1-red", "1-white-black", "../1", "1/"])("is never %j", (name) => {
		expect(isInputName(name)).toBe(false);
	});
});

describe("all keys of a job", () => {
	const keys = allKeysOf(JOB);

	it("are one for each of 16 pictures in each of 7 formats and for each thumbnail, and three for each of 20 inputs", () => {
		expect(new Set(keys).size).toBe(16 * 8 + 20 * 3);
		expect(keys).toHaveLength(16 * 8 + 20 * 3);
		const files = ["png", "jpg", "webp", "gif", "avif", "svg", "bin", "thumb"].flatMap((extension) =>
			Array.from({ length: 16 }, (_, index) => `${index}.${extension}`),
		);
		const inputs = ["", "-white", "-black"].flatMap((turned) =>
			Array.from({ length: 20 }, (_, index) => `${index}${turned}`),
		);
		expect(
			keys
				.filter((key) => key.startsWith("images/"))
				.map(fileOf)
				.toSorted(),
		).toEqual(files.toSorted());
		expect(
			keys
				.filter((key) => key.startsWith("inputs/"))
				.map(fileOf)
				.toSorted(),
		).toEqual(inputs.toSorted());
	});

	it("are no keys of another job", () => {
		expect(keys.every((key) => key.startsWith(`images/${JOB}/`) || key.startsWith(`inputs/${JOB}/`))).toBe(true);
		expect(allKeysOf(OTHER_JOB).filter((key) => keys.includes(key))).toEqual([]);
	});

	it("fit into one delete of R2, which takes a thousand", () => {
		expect(keys.length).toBeLessThanOrEqual(1000);
	});
});
