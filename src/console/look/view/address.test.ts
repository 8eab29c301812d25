import { describe, expect, it } from "vitest";
import { parsePlace } from "./address.ts";

const JOB = `job_${"0a".repeat(32)}`;

describe("parsePlace", () => {
	it.each([
		[[JOB, "2"], { job: JOB, index: 2 }],
		[[JOB], { job: JOB, index: 0 }],
	] as const)("reads %j", ([job, index], place) => {
		expect(parsePlace(job, index)).toEqual(place);
	});

	it.each<readonly (string | undefined)[]>([
		[undefined],
		["", "0"],
		["../keys/key_bob-1", "0"],
		[`${JOB}/cancel`, "0"],
		[`${JOB}?x`, "0"],
		[JOB.toUpperCase(), "0"],
		[JOB, "-1"],
		[JOB, "1e3"],
		[JOB, "1234"],
	])("refuses %j, %j", (job, index) => {
		expect(parsePlace(job, index)).toBeNull();
	});
});
