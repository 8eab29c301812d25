import { describe, expect, it } from "vitest";
import { differences } from "./shown-answer.ts";

describe("an answer is as shown if", () => {
	it.each([
		["it is the same JSON", '{"a": [1, null], "b": "x"}', '{"a":[1,null],"b":"x"}'],
		["only its numbers differ", '{"created": 1}', '{"created":2}'],
		["`…` stands for a value", '{"a": …, "b": 1}', '{"a":{"c":[]},"b":1}'],
		["`…` stands for further members", '{"a": 1, …, "b": "y"}', '{"a":1,"c":true,"b":"y"}'],
		["`…` stands for further items", '[{"a": 1}, …]', '[{"a":1},{"a":2}]'],
		["`…` stands for no further item", "[…]", "[]"],
		["`…` stands for a part of a text", '{"id": "job_…"}', '{"id":"job_0f"}'],
		["it has further spaces and line ends", '{"a": 1}\n', '{"a":1}\r\n'],
		["its events are the same", "event: a\ndata: {}\n\ndata: [DONE]", "event: a\ndata: {}\n\ndata: [DONE]\n\n"],
		["it has comments between events", "data: {}\n\ndata: [DONE]", ": keepalive\n\ndata: {}\n\ndata: [DONE]\n\n"],
		["`…` stands for events", "data: 1\n\n…\n\ndata: 4", "data: 1\n\ndata: 2\n\ndata: 3\n\ndata: 4\n\n"],
		["`…` stands for no event", "data: 1\n\n…\n\ndata: 2", "data: 1\n\ndata: 2\n\n"],
		["its events have other numbers", 'id: 7\ndata: {"n":7}', 'id: 8\ndata: {"n":8}\n\n'],
		["its headers come in another order", "HTTP/1.1 200 OK\na: 1\nB: 2", "HTTP/1.1 200 OK\r\nb: 2\r\nA: 1\r\n\r\n"],
		["`…` stands for headers", "HTTP/1.1 200 OK\na: …\n…", "HTTP/1.1 200 OK\r\na: 1\r\nb: 2\r\n\r\n"],
		["a body follows its headers", "HTTP/1.1 200 OK\n…\n\n[1]", "HTTP/1.1 200 OK\r\na: 1\r\n\r\n[2]"],
		["it is the same number", "1", "1\n"],
		["nothing is printed and nothing is shown", "", "\n"],
	])("%s", (_, shown, answer) => {
		expect(differences(shown, answer)).toEqual([]);
	});
});

describe("an answer is not as shown if", () => {
	it.each([
		["a number alone is another", "1", "2\n", "it is 2, not 1"],
		["a member is missing", '{"a": 1, "b": 2}', '{"a":1}', "$.b is missing"],
		["a member is not shown", '{"a": 1}', '{"a":1,"b":2}', "$.b is not shown"],
		["a type differs", '{"a": {"b": 1}}', '{"a":{"b":"1"}}', "$.a.b is no number"],
		["null is no longer null", '{"a": null}', '{"a":1}', "$.a is not null"],
		["a boolean differs", '{"a": true}', '{"a":false}', "$.a is not true"],
		["a text differs", '{"a": "x…z"}', '{"a":"xyy"}', '$.a is "xyy", not "x…z"'],
		["a list is longer", "[1]", "[1,2]", "$ has 2 items"],
		["a list is shorter", "[1, …]", "[]", "$[0] is missing"],
		["a list is an object", "[…]", "{}", "$ is no list"],
		["an object is a list", "{…}", "[]", "$ is no object"],
		["it is no JSON", "{…}", "<html>", "the answer is no JSON: <html>"],
		["an event has another name", "event: a\ndata: 1", "event: b\ndata: 1\n\n", "a: event is b, not a"],
		["an event has no name", "event: a\ndata: 1", "data: 1\n\n", "a: event is undefined, not a"],
		["an event has an id", "data: 1", "id: 1\ndata: 1\n\n", "an event: hasId is true, not false"],
		["a retry is missing", "retry: 5\ndata: 1", "data: 1\n\n", "an event: retry is null, not 5"],
		["an event's data differs", 'event: a\ndata: {"b":1}', "event: a\ndata: {}\n\n", "a.b is missing"],
		["an event is missing", "data: 1\n\ndata: 2", "data: 1\n\n", "no event is as shown: data: 2"],
		["an event is not shown", "data: 1", "data: 1\n\ndata: 2\n\n", "an event is not shown:  2"],
		["no later event fits", "…\n\ndata: 2", "data: 1\n\n", "no event is as shown: data: 2"],
		["its end is missing", "…\n\ndata: [DONE]", "data: {}\n\n", "no event is as shown: data: [DONE]"],
		[
			"its status differs",
			"HTTP/1.1 200 OK",
			"HTTP/1.1 404 No",
			"the status is 'HTTP/1.1 404 No', not 'HTTP/1.1 200 OK'",
		],
		["a header is missing", "HTTP/1.1 200 OK\na: 1", "HTTP/1.1 200 OK", "there is no header 'a: 1'"],
		["a header differs", "HTTP/1.1 200 OK\na: 1", "HTTP/1.1 200 OK\r\na: 2", "there is no header 'a: 1'"],
		["a header is not shown", "HTTP/1.1 200 OK", "HTTP/1.1 200 OK\r\na: 2", "the header 'a' is not shown"],
		["a body differs", "HTTP/1.1 200 OK\n…\n\n[1]", "HTTP/1.1 200 OK\r\n\r\n[]", "$[0] is missing"],
		["it is empty", "{…}", "", "the answer is no JSON: "],
		["something is printed", "", "oops", "nothing is shown, but there is oops"],
	])("%s", (_, shown, answer, difference) => {
		expect(differences(shown, answer)).toContain(difference);
	});
});
