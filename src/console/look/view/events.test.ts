import { expect, it } from "vitest";
import { parseEvents } from "./events.ts";

it("reads the events of a log, and leaves out what is none", () => {
	const text = [
		"retry: 1000",
		'id: 1\nevent: accepted\ndata: {"sequence_number":1,"at":5.5,"type":"accepted"}\n',
		": a comment\n",
		"event: done\ndata: [DONE]\n",
		'id: 2\nevent: succeeded\ndata: {"sequence_number":2,"at":7,"type":"succeeded","seconds":1.5}\n\n',
	].join("\n");
	expect(parseEvents(text)).toEqual([
		{ sequence_number: 1, at: 5.5, type: "accepted" },
		{ sequence_number: 2, at: 7, type: "succeeded", seconds: 1.5 },
	]);
});
