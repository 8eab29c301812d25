import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toFileNames } from "./names.ts";

const AT = new Date(2026, 10, 29, 14, 32, 5).getTime() / 1000;

function nameOf(prompt: string, index = 0, contentType = "image/png"): string | undefined {
	return toFileNames([{ createdAt: AT, prompt, index, contentType }])[0];
}

describe("toFileNames", () => {
	it("says when, what and which", () => {
		expect(nameOf("A red fox, in the snow!")).toBe("2026-11-29_143205_A-red-fox-in-the-snow_1.png");
		expect(nameOf("雪地里的红狐狸，清晨", 3, "image/jpeg")).toBe("2026-11-29_143205_雪地里的红狐狸-清晨_4.jpg");
	});

	it("does without words", () => {
		expect(nameOf("?!", 0, "image/webp")).toBe("2026-11-29_143205_1.webp");
		expect(nameOf("a", 0, "text/html")).toBe("2026-11-29_143205_a_1.bin");
	});

	it("cuts a long prompt between characters", () => {
		expect(nameOf("𝒜".repeat(100))).toBe(`2026-11-29_143205_${"𝒜".repeat(60)}_1.png`);
		expect(nameOf(`${"a".repeat(59)} b`)).toBe(`2026-11-29_143205_${"a".repeat(59)}_1.png`);
	});

	it("tells pictures of one name apart", () => {
		const picture = { createdAt: AT, prompt: "fox", index: 0, contentType: "image/png" };
		expect(toFileNames([picture, { ...picture, prompt: "Fox" }, picture])).toEqual([
			"2026-11-29_143205_fox_1.png",
			"2026-11-29_143205_Fox_1 (2).png",
			"2026-11-29_143205_fox_1 (3).png",
		]);
	});

	it("gives names that no system refuses, and never a path", () => {
		const aPicture = fc.record({
			createdAt: fc.integer({ min: 0, max: 4_000_000_000 }),
			prompt: fc.string({ unit: "binary", maxLength: 300 }),
			index: fc.nat(9),
			contentType: fc.constantFrom("image/png", "image/webp", "x/../y"),
		});
		fc.assert(
			fc.property(fc.array(aPicture, { maxLength: 20 }), (pictures) => {
				const names = toFileNames(pictures);
				expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(pictures.length);
				for (const name of names) {
					expect(name).not.toMatch(/[/\\:*?"<>|\p{Cc}\p{Cf}\p{Cs}]/u);
					expect(name).toMatch(/^\d{4}-\d{2}-\d{2}_\d{6}_.*[^. ]\.(png|webp|bin)$/);
				}
			}),
		);
	});
});
