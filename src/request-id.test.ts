import { describe, expect, it } from "vitest";
import { jobOfRequestId, newRequestId, toJobRequestId } from "./request-id.ts";

const JOB = "0123456789abcdef".repeat(4);

describe("newRequestId", () => {
	it("has 32 hex digits, and is another each time", () => {
		expect(newRequestId()).toMatch(/^req_[0-9a-f]{32}$/);
		expect(newRequestId()).not.toBe(newRequestId());
	});
});

describe("toJobRequestId", () => {
	it("names the job, and keeps eight digits of the request's own", () => {
		expect(toJobRequestId(JOB, "req_fedcba98765432100123456789abcdef")).toBe(`req_${JOB}_fedcba98`);
	});
});

describe("jobOfRequestId", () => {
	it("finds the job", () => {
		expect(jobOfRequestId(`req_${JOB}_fedcba98`)).toBe(JOB);
		expect(jobOfRequestId(toJobRequestId(JOB, newRequestId()))).toBe(JOB);
	});

	it.each([
		["a request without a job", "req_fedcba98765432100123456789abcdef"],
		["a job without the request's digits", `req_${JOB}`],
		["a digit less", `req_${JOB}_fedcba9`],
		["a digit more", `req_${JOB}_fedcba987`],
		["capital digits", `req_${JOB.toUpperCase()}_fedcba98`],
		["something before it", `job_req_${JOB}_fedcba98`],
		["a line break after it", `req_${JOB}_fedcba98\n`],
	])("finds none in %s", (_, id) => {
		expect(jobOfRequestId(id)).toBeNull();
	});
});
