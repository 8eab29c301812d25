import { describe, expect, it } from "vitest";
import { makeRequest } from "../../test/support/make.ts";
import type { InputPicture } from "../models/request.ts";
import { holdsInputs, withInputsOf, withoutKeys } from "./inputs.ts";

const [ONE, OTHER] = ["1".repeat(64), "2".repeat(64)];
const LINK: InputPicture = { role: "image", source: { kind: "link", url: "https://a.example/b.png" } };

function stored(job: string, place: number, sha256 = "ab", role: InputPicture["role"] = "image"): InputPicture {
	const key = `inputs/${job}/${place}`;
	return { role, source: { kind: "stored", key, contentType: "image/png", bytes: 7, sha256, width: 1, height: 1 } };
}

describe("withoutKeys", () => {
	it("makes requests equal whose pictures have the same bytes, roles and order", () => {
		const request = makeRequest({ inputs: [stored(ONE, 0), LINK, stored(ONE, 16, "cd", "mask")] });
		expect(withoutKeys(request)).toEqual({
			...makeRequest(),
			inputs: [
				{ role: "image", sha256: "ab" },
				{ role: "image", url: "https://a.example/b.png" },
				{ role: "mask", sha256: "cd" },
			],
		});
		expect(withoutKeys(withInputsOf(OTHER, request))).toEqual(withoutKeys(request));
	});

	it("leaves a request without pictures as it is", () => {
		expect(withoutKeys(makeRequest())).toEqual(makeRequest());
	});
});

describe("withInputsOf", () => {
	it("names the same places of another job, and leaves links", () => {
		const request = makeRequest({ inputs: [stored(ONE, 0), LINK, stored(ONE, 16, "cd", "mask")] });
		expect(withInputsOf(OTHER, request).inputs).toEqual([stored(OTHER, 0), LINK, stored(OTHER, 16, "cd", "mask")]);
		expect(withInputsOf(OTHER, makeRequest())).toEqual(makeRequest());
	});
});

describe("holdsInputs", () => {
	it.each([
		[[stored(ONE, 0)], true],
		[[LINK], false],
		[[], false],
		[undefined, false],
	])("says of %j %s", (inputs, holds) => {
		expect(holdsInputs(makeRequest(inputs === undefined ? {} : { inputs }))).toBe(holds);
	});
});
