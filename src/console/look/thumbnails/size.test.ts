import { describe, expect, it } from "vitest";
import { isWorthIt, pictureOfPath, toThumbnailSize } from "./size.ts";

describe("toThumbnailSize", () => {
	it.each([
		[1024, 1024, 480, 480],
		[1536, 1024, 480, 320],
		[1024, 1536, 320, 480],
		[300, 200, 300, 200],
		[10_000, 3, 480, 1],
	])("makes %i×%i into %i×%i", (width, height, ...small) => {
		expect(Object.values(toThumbnailSize({ width, height }))).toEqual(small);
	});
});

describe("isWorthIt", () => {
	it("leaves pictures of few bytes as they are", () => {
		expect([0, 24 * 1024, 24 * 1024 + 1].map(isWorthIt)).toEqual([false, false, true]);
	});
});

describe("pictureOfPath", () => {
	const job = "0123456789abcdef".repeat(4);

	it("names the picture of a link", () => {
		expect(pictureOfPath(`/images/${job}/0.png?exp=1&sig=x`)).toEqual({ job: `job_${job}`, index: 0 });
		expect(pictureOfPath(`/images/${job}/12.webp`)).toEqual({ job: `job_${job}`, index: 12 });
	});

	it("names none for another link", () => {
		expect(pictureOfPath(`/images/${job}/0.thumb?exp=1`)).toBeNull();
		expect(pictureOfPath(`/inputs/${job}/0.png`)).toBeNull();
		expect(pictureOfPath(`/images/${job.slice(1)}/0.png`)).toBeNull();
	});
});
