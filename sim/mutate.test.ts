import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mutateJson, mutateJsonText, mutateText, oddText } from "./mutate.ts";
import { randomOf } from "./random.ts";

const ANSWER = {
	status: "COMPLETED",
	images: [{ url: "https://cdn.test/0.png", width: 64 }],
	metrics: { inference_time: 1.5 },
	error: null,
};

function manyTimes<T>(make: (seed: string) => T): readonly T[] {
	return Array.from({ length: 500 }, (_, index) => make(`seed ${index}`));
}

describe("mutateJson", () => {
	it("makes equal values of equal random numbers", () => {
		fc.assert(
			fc.property(fc.jsonValue(), fc.string(), (value, seed) => {
				expect(mutateJson(value, randomOf(seed))).toEqual(mutateJson(value, randomOf(seed)));
			}),
		);
	});

	it("changes nearly always something, and leaves the value that it was given as it was", () => {
		const before = JSON.stringify(ANSWER);
		const made = manyTimes((seed) => JSON.stringify(mutateJson(ANSWER, randomOf(seed))));
		expect(made.filter((text) => text !== before).length).toBeGreaterThan(450);
		expect(JSON.stringify(ANSWER)).toBe(before);
	});

	it.each<readonly [what: string, is: (value: unknown) => boolean]>([
		["drops a field", (value) => isObject(value) && Object.keys(value).length === 3],
		["adds a field", (value) => isObject(value) && Object.keys(value).length === 5],
		["changes a field deep inside", (value) => isObject(value) && !same(Reflect.get(value, "images"), ANSWER.images)],
		["makes something else of the whole", (value) => !isObject(value)],
	])("now and then %s", (_, is) => {
		expect(manyTimes((seed) => mutateJson(ANSWER, randomOf(seed))).some(is)).toBe(true);
	});
});

function isObject(value: unknown): value is object {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function same(one: unknown, other: unknown): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

describe("mutateJsonText", () => {
	it("makes equal texts of equal random numbers", () => {
		const make = () => manyTimes((seed) => mutateJsonText(JSON.stringify(ANSWER), randomOf(seed)));
		expect(make()).toEqual(make());
	});

	it.each<readonly [what: string, is: RegExp]>([
		["nothing", /^$/],
		["a beginning", /^\{"status":"COMPL/],
		["a byte order mark before it", /^\ufeff\{/],
		["a field twice", /^\{"status":.*"status":/],
		["an end that does not belong there", /\}\}$/],
		["something else", /^(?:null|0|<html>)$/],
	])("now and then leaves %s", (_, is) => {
		const texts = manyTimes((seed) => mutateJsonText(JSON.stringify(ANSWER), randomOf(seed)));
		expect(texts.some((text) => is.test(text))).toBe(true);
	});
});

it("mutateText takes an empty text", () => {
	for (const text of manyTimes((seed) => mutateText("", randomOf(seed)))) expect(text.length).toBeLessThan(9);
});

it("oddText has no more than so many characters", () => {
	expect(Math.max(...manyTimes((seed) => oddText(randomOf(seed), 100).length))).toBe(100);
});
