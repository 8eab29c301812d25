/** Follows the prompt of an answer from what the user wrote and what the model says it drew. */

import { describe, expect, it } from "vitest";
import { outputs, play, rendering, start, stored, submitted } from "../../../test/support/logs.ts";
import { makeRequest } from "../../../test/support/make.ts";
import { eventsOf, RESPONSE_ID } from "../../../test/support/response-stream.ts";
import type { Input } from "../../core/inputs.ts";
import { renderImages, toImagesResponse } from "../images/render.ts";
import { toResponse } from "../responses/response.ts";

function result(prompt: string | undefined): Input {
	const found = outputs(1);
	if (found.type !== "result" || found.result?.kind !== "outputs") throw new Error("a result has outputs");
	return { ...found, result: { ...found.result, ...(prompt === undefined ? {} : { prompt }) } };
}

function logOf(version: number, written: string | undefined, said: string | undefined) {
	const first = start({
		request: makeRequest({ prompt: "a red fox" }),
		rendering: rendering({ version, responseFormat: "url", ...(written === undefined ? {} : { written }) }),
	});
	return play([first, submitted(), result(said), stored(0)]);
}

describe("the prompt in an answer", () => {
	it.each<readonly [case_: string, written: string | undefined, said: string | undefined, shown: string]>([
		["the request's", undefined, undefined, "a red fox"],
		["as it was written, with its size", "a red fox 16:9", undefined, "a red fox 16:9"],
		["as it was written, if the model echoes what was sent", "a red fox 16:9", "a red fox", "a red fox 16:9"],
		["as it was written, if the echo has other blanks", "a red fox 16:9", "a  red\nfox ", "a red fox 16:9"],
		["as it was written, if the echo is cut", "a red fox 16:9", "a red", "a red fox 16:9"],
		["the model's, if it drew another one", "a red fox 16:9", "a red fox in the snow", "a red fox in the snow"],
	])("is %s", (_, written, said, shown) => {
		const log = logOf(2, written, said);
		expect(toImagesResponse(log).data).toMatchObject([{ revised_prompt: shown }]);
		expect(log.flatMap(renderImages()).map(({ data }) => data)).toMatchObject([{ revised_prompt: shown }]);
		expect(toResponse(RESPONSE_ID, log).output).toMatchObject([{ revised_prompt: shown }]);
		expect(eventsOf(log).at(-1)?.response?.output).toMatchObject([{ revised_prompt: shown }]);
	});

	it("of an earlier version is the one that was sent, and the Images API has none", () => {
		const log = logOf(1, undefined, "a red fox in the snow");
		expect(toImagesResponse(log).data).toEqual([{ url: expect.any(String) }]);
		expect(toResponse(RESPONSE_ID, log).output).toMatchObject([{ revised_prompt: "a red fox" }]);
	});

	it("is logged only if the model drew another one", () => {
		const generated = (said: string) => logOf(2, undefined, said).find(({ type }) => type === "generated");
		expect(generated("a red fox")).not.toHaveProperty("revisedPrompt");
		expect(generated("a hen")).toHaveProperty("revisedPrompt", "a hen");
	});
});
