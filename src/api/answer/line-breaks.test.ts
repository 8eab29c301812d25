/** Holds every stream and answer to one line of JSON, whatever a prompt, a log line or a name holds. */

import { describe, expect, it } from "vitest";
import {
	completed,
	outputs,
	play,
	refused,
	rendering,
	running,
	start,
	stored,
	submitted,
} from "../../../test/support/logs.ts";
import { makeRequest } from "../../../test/support/make.ts";
import { chatFormat, chatText } from "../chat/render.ts";
import { imagesFormat } from "../images/render.ts";
import { toJobFrame } from "../jobs/events.ts";
import { toJob } from "../jobs/render.ts";
import { responsesFormat } from "../responses/render.ts";
import { responsesText } from "../responses/text.ts";
import { toJsonPieces } from "./frames.ts";

/** All that Python's `str.splitlines` splits at, and controls besides. */
const LINE_BREAKS = "\u0000\n\u000b\u000c\r\u001c\u001d\u001e\u007f\u0085\u009f\u2028\u2029";
const RAW = /\p{Cc}|\p{Zl}|\p{Zp}/u;
const NAME = `a${LINE_BREAKS}b`;

const begun = start({
	request: makeRequest({ prompt: NAME, model: NAME, fal: { [NAME]: NAME } }),
	rendering: rendering({ model: NAME, metadata: { [NAME]: NAME }, responseFormat: "url" }),
});
const success = play([begun, submitted(), running(NAME), completed, outputs(1), stored(0)]);
const failure = play([begun, refused]);
const identity = {
	requestId: "req_1",
	said: "hi",
	createdSeconds: 1,
	rendering: rendering({ model: NAME, metadata: { [NAME]: NAME } }),
};

function write(value: unknown): string {
	return [...toJsonPieces(value)].map((piece) => (typeof piece === "string" ? piece : "")).join("");
}

describe.each([
	["a success", success],
	["a failure", failure],
])("%s", (_, log) => {
	it.each<readonly [what: string, values: readonly unknown[]]>([
		["a chat stream", log.flatMap(chatFormat.render("1"))],
		["an Images stream", log.flatMap(imagesFormat.render("1"))],
		["a Response's stream", log.flatMap(responsesFormat.render("1"))],
		["job events", log.map(toJobFrame)],
		["a chat completion", [chatFormat.toBody("1", log)]],
		["an Images answer", [imagesFormat.toBody("1", log)]],
		["a Response", [responsesFormat.toBody("1", log)]],
		["a job", [toJob("1", log)]],
		["a chat stream of text", chatText.toFrames(identity, NAME)],
		["a Response's stream of text", responsesText.toFrames(identity, NAME)],
		["a chat completion of text", [chatText.toBody(identity, NAME)]],
		["a Response of text", [responsesText.toBody(identity, NAME)]],
	])("is one line in %s", (_what, values) => {
		const lines = values.map(write);
		expect(lines.filter((line) => RAW.test(line))).toEqual([]);
		expect(lines.length).toBeGreaterThan(0);
	});
});
