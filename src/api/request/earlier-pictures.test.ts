import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../json-value.ts";
import {
	findCountedPictures,
	findMadePictures,
	findNamedPictures,
	findSentPictures,
	wasAskedWhatToChange,
} from "./earlier-pictures.ts";

const JOB = "a".repeat(64);
const OTHER = "b".repeat(64);
const own = (job: string, index = 0) => `https://gateway.test/images/${job}/${index}.png?exp=1&sig=x`;
const markdown = (job: string, index = 0) => `![Generated Image](${own(job, index)})`;
const DATA = "data:image/x-removed;run=3,";

const user = (content: unknown = "make it blue") => ({ role: "user", content });
const assistant = (content: unknown, more: object = {}) => ({ role: "assistant", content, ...more });

/** Returns a body as it arrives. */
function arrived(body: object): JsonObject {
	return JSON.parse(JSON.stringify(body));
}

/** Writes a picture as the tables below do. */
function shown(body: object) {
	const sent = arrived(body);
	const [named, made] = [findNamedPictures(sent), findMadePictures(sent)];
	const show = ({ param, source }: (typeof made)[number]) => {
		if (source.kind === "made") return `${param} ${source.made.job.slice(0, 1)}${source.made.index}`;
		return `${param} ${source.kind === "data" ? source.text : "?"}`;
	};
	return { named: named.map(show), made: made.map(show) };
}

describe("the pictures that a conversation made", () => {
	const rows: readonly (readonly [what: string, body: object, ...made: readonly string[]])[] = [
		["of a link in Markdown", { messages: [user(), assistant(markdown(JOB)), user()] }, "messages[1] a0"],
		[
			"of several answers, the newest first",
			{ messages: [user(), assistant(markdown(JOB)), user(), assistant(markdown(OTHER, 1)), user()] },
			"messages[3] b1",
			"messages[1] a0",
		],
		[
			"of several in one answer, the last first",
			{ messages: [user(), assistant(`${markdown(JOB)}\n\n${markdown(JOB, 1)}`), user()] },
			"messages[1] a1",
			"messages[1] a0",
		],
		["of HTML", { messages: [user(), assistant(`<img src="${own(JOB)}">`), user()] }, "messages[1] a0"],
		["of a bare link", { messages: [user(), assistant(own(JOB)), user()] }, "messages[1] a0"],
		["of parts", { messages: [user(), assistant([{ type: "text", text: markdown(JOB) }]), user()] }, "messages[1] a0"],
		[
			"of a part with an address",
			{ messages: [user(), assistant([{ type: "image_url", image_url: { url: own(JOB) } }]), user()] },
			"messages[1] a0",
		],
		[
			"of the field `images`",
			{ messages: [user(), assistant("", { images: [{ image_url: { url: own(JOB) } }] }), user()] },
			"messages[1] a0",
		],
		[
			"of LobeChat's list",
			{ messages: [user(), assistant("", { imageList: [{ url: own(JOB) }] }), user()] },
			"messages[1] a0",
		],
		[
			"of files",
			{ messages: [user(), assistant("", { files: [{ type: "image", url: own(JOB) }] }), user()] },
			"messages[1] a0",
		],
		[
			"of attachments",
			{ messages: [user(), assistant("", { attachments: [{ url: own(JOB) }] }), user()] },
			"messages[1] a0",
		],
		["of a place of two digits", { messages: [user(), assistant(own(JOB, 12)), user()] }, "messages[1] a12"],
		[
			"of long data, whose stand-in ends before what follows it",
			{ messages: [user(), assistant("<img src=data:image/x-removed;run=12,more>"), user()] },
			"messages[1] data:image/x-removed;run=12,",
		],
		["of data in Markdown", { messages: [user(), assistant(`![x](${DATA})`), user()] }, `messages[1] ${DATA}`],
		[
			"of short data in Markdown",
			{ messages: [user(), assistant("![x](data:image/png;base64,iVBORw0KGgo=)"), user()] },
			"messages[1] data:image/png;base64,iVBORw0KGgo=",
		],
		[
			"of data in a part",
			{ messages: [user(), assistant([{ type: "image_url", image_url: { url: DATA } }]), user()] },
			`messages[1] ${DATA}`,
		],
		["of a tool's answer", { messages: [user(), { role: "tool", content: markdown(JOB) }, user()] }, "messages[1] a0"],
		[
			"of data in a tool's answer",
			{ messages: [{ role: "tool", content: `![x](${DATA})` }, user()] },
			`messages[0] ${DATA}`,
		],
		[
			"of items of Responses",
			{ input: [user(), { type: "image_generation_call", id: `ig_${JOB}_0`, result: DATA }, user()] },
			"input[1] a0",
			`input[1] ${DATA}`,
		],
		[
			"of items of others, by their bytes",
			{ input: [user(), { type: "image_generation_call", id: "ig_68", result: DATA, status: "completed" }, user()] },
			`input[1] ${DATA}`,
		],
		[
			"of references",
			{
				input: [user(), { type: "item_reference", id: `ig_${JOB}_2` }, { type: "item_reference", id: "msg_1" }, user()],
			},
			"input[1] a2",
		],
		[
			"of a Response's words",
			{ input: [user(), assistant([{ type: "output_text", text: markdown(JOB) }]), user()] },
			"input[1] a0",
		],
	];
	it.each(rows.map(([what, body, ...made]) => ({ what, body, made })))("are found: those $what", ({ body, made }) => {
		expect(shown(body)).toEqual({ named: [], made });
	});

	it.each<readonly [what: string, body: object]>([
		["of others", { messages: [user(), assistant("![x](https://pictures.test/cat.png)"), user()] }],
		["of others in fields", { messages: [user(), assistant("", { images: ["https://pictures.test/a.png"] }), user()] }],
		[
			"that a person sent",
			{ messages: [user([{ type: "image_url", image_url: { url: DATA } }]), assistant("hm"), user()] },
		],
		["that a person linked", { messages: [user(`darker: ${own(JOB)}`), assistant("hm"), user()] }],
		["of a system's message", { messages: [{ role: "system", content: `![x](${DATA})` }, user()] }],
		["of items with an odd id", { input: [user(), { type: "image_generation_call", id: `my_ig_${JOB}_0` }, user()] }],
		["of items with a longer id", { input: [user(), { type: "image_generation_call", id: `ig_${JOB}_0_1` }, user()] }],
		["of items with a number for an id", { input: [user(), { type: "image_generation_call", id: 7 }, user()] }],
		["of other items", { input: [user(), { type: "reasoning", id: `ig_${JOB}_0`, result: DATA }, user()] }],
		["of the bytes of a reference", { input: [user(), { type: "item_reference", id: "ig_1", result: DATA }, user()] }],
		[
			"of a result that is an address",
			{ input: [user(), { type: "image_generation_call", result: own(JOB) }, user()] },
		],
		["of parts that are nothing", { messages: [user(), assistant([null, 7, "hm"]), user()] }],
		["of words about data", { messages: [user(), assistant("write data:image/png for it"), user()] }],
		["of jobs with an odd id", { messages: [user(), assistant(`/images/${"a".repeat(63)}/0.png`), user()] }],
		["of nothing", { messages: [], input: "a cat" }],
	])("are not those %s", (_, body) => {
		expect(shown(body)).toEqual({ named: [], made: [] });
	});

	it("are named by items behind the user's last message", () => {
		expect(shown({ input: [user(), { type: "image_generation_call", id: `ig_${JOB}_0` }] })).toEqual({
			named: ["input[1] a0"],
			made: [],
		});
		expect(shown({ input: [user(), { type: "item_reference", id: `ig_${JOB}_1` }] })).toEqual({
			named: ["input[1] a1"],
			made: [],
		});
	});

	it("are not named by a message behind the user's last one", () => {
		expect(shown({ messages: [user(), assistant(markdown(JOB))] })).toEqual({ named: [], made: ["messages[1] a0"] });
	});

	it("are those that are drawn on, as their conversation has them", () => {
		expect(findMadePictures(arrived({ messages: [user(), assistant(markdown(JOB, 3)), user()] }))).toEqual([
			{ role: "image", param: "messages[1]", source: { kind: "made", made: { job: JOB, index: 3 } } },
		]);
	});

	describe("and that a number counts", () => {
		/** Returns a picture as its job's first letter and its index. */
		const counted = (body: object) =>
			findCountedPictures(arrived(body)).map(({ source }) =>
				source.kind === "made" ? `${source.made.job.charAt(0)}${source.made.index}` : source.kind,
			);
		const four = [0, 1, 3, 2].map((index) => markdown(JOB, index)).join("\n\n");

		it("are those of the newest answer, if it has several, as it shows them", () => {
			const messages = [user(), assistant(markdown(OTHER)), user(), assistant(four), user()];
			expect(counted({ messages })).toEqual(["a0", "a1", "a3", "a2"]);
		});

		it("are else those of the whole conversation, from the first on", () => {
			const messages = [
				user(),
				assistant(four),
				user(),
				assistant(markdown(OTHER)),
				user("no"),
				assistant("ok"),
				user(),
			];
			expect(counted({ messages })).toEqual(["a0", "a1", "a3", "a2", "b0"]);
			expect(counted({ messages: [user(), assistant(markdown(OTHER)), user()] })).toEqual(["b0"]);
			expect(counted({ messages: [user()] })).toEqual([]);
		});

		it("are of one answer if no message of the user stands between", () => {
			const item = (index: number) => ({ type: "image_generation_call", id: `ig_${JOB}_${index}` });
			expect(counted({ input: [user(), item(0), item(1), user()] })).toEqual(["a0", "a1"]);
			expect(counted({ input: [user(), item(0), user(), item(1), user()] })).toEqual(["a0", "a1"]);
		});

		it("are of one answer if several messages of the assistant follow each other", () => {
			const twice = [assistant(markdown(JOB, 0)), assistant(markdown(JOB, 1))];
			expect(counted({ messages: [user(), assistant(markdown(OTHER)), user(), ...twice, user()] })).toEqual([
				"a0",
				"a1",
			]);
			expect(counted({ messages: [user(), assistant(markdown(OTHER)), user(), ...twice] })).toEqual(["a0", "a1"]);
		});

		it("are of no answer if the user brought them: not of the one before, and not of the one behind", () => {
			const [first, second] = [assistant(markdown(JOB, 0)), assistant(markdown(JOB, 1))];
			const brings = user(own(OTHER));
			expect(counted({ messages: [user(), first, user(), second, brings, user()] })).toEqual(["a0", "a1", "b0"]);
			expect(counted({ messages: [user(), first, brings, second, user()] })).toEqual(["a0", "b0", "a1"]);
		});

		it("are those whose bytes stand in the answer, too", () => {
			const data = [`![x](${DATA})`, "![x](data:image/x-removed;run=4,)", `![x](${DATA})`].join(" ");
			expect(counted({ messages: [user(), assistant(`${markdown(JOB)} ${data}`), user()] })).toEqual([
				"a0",
				"data",
				"data",
			]);
		});

		it("are the newest thousand at most", () => {
			const links = Array.from({ length: 1_001 }, (_, index) => own(`${index}`.padStart(64, "0")));
			const messages = [...links.map((link) => assistant(link)), user()];
			const found = findCountedPictures(arrived({ messages }));
			expect(found).toHaveLength(1_000);
			expect(found[0]?.param).toBe("messages[1]");
		});

		it("come once, though an answer has them in its text and in a field", () => {
			const both = assistant(four, { images: [{ image_url: { url: own(JOB) } }] });
			expect(counted({ messages: [user(), both, user()] })).toEqual(["a0", "a1", "a3", "a2"]);
		});
	});

	it("are named by the place of two digits, too", () => {
		expect(shown({ input: [user(), { type: "item_reference", id: `ig_${JOB}_12` }] }).named).toEqual(["input[1] a12"]);
	});

	it("are the newest eight", () => {
		const long = Array.from({ length: 200 }, (_, index) => assistant(markdown(JOB, index % 10)));
		expect(shown({ messages: [...long, user()] }).made).toHaveLength(8);
		const links = Array.from({ length: 10 }, (_, index) => markdown(JOB, index)).join(" ");
		expect(shown({ messages: [user(), assistant(links), user()] }).made).toEqual(
			[9, 8, 7, 6, 5, 4, 3, 2].map((index) => `messages[1] a${index}`),
		);
		const named = Array.from({ length: 10 }, (_, index) => ({ type: "item_reference", id: `ig_${JOB}_${index}` }));
		expect(shown({ input: [user(), ...named] }).named).toHaveLength(8);
	});

	it("never throw, whatever JSON comes", () => {
		const anything = fc.jsonValue();
		const body = fc.record({ messages: anything, input: anything }, { requiredKeys: [] });
		fc.assert(
			fc.property(body, (value) => {
				const { named, made } = shown(value);
				expect(named.length).toBeLessThanOrEqual(8);
				expect(made.length).toBeLessThanOrEqual(8);
				expect(Array.isArray(findSentPictures(arrived(value)))).toBe(true);
				expect(typeof wasAskedWhatToChange(arrived(value))).toBe("boolean");
			}),
		);
	});
});

describe("the pictures that a person sent before", () => {
	const LINK = "https://pictures.test/cat.png";
	const part = (url: string) => ({ type: "image_url", image_url: { url } });
	const words = { type: "text", text: "make him a king" };
	const sends = user([words, part(DATA)]);
	const hm = assistant("hm");
	const image = (field: string, from: string) => `image ${field} ${from}`;
	const sent = (body: object) =>
		findSentPictures(arrived(body)).map(({ role, param, source }) => {
			const from = source.kind === "data" ? source.text : source.kind === "link" ? source.url : source.kind;
			return `${role} ${param} ${from}`;
		});

	const rows: readonly (readonly [what: string, body: object, ...pictures: readonly string[]])[] = [
		["a part", { messages: [sends, hm, user()] }, image("messages[0].content[1].image_url.url", DATA)],
		["a part of a Response", { input: [sends, hm, user()] }, image("input[0].content[1].image_url.url", DATA)],
		[
			"a message before others",
			{ messages: [sends, hm, user("hi"), hm, user()] },
			image("messages[0].content[1].image_url.url", DATA),
		],
		["a message without an answer", { messages: [sends, user()] }, image("messages[0].content[1].image_url.url", DATA)],
		...["system", "developer"].map((role): [string, object, string] => [
			`a message before one of the ${role} with a picture`,
			{ messages: [sends, { role, content: [part(LINK)] }, user()] },
			image("messages[0].content[1].image_url.url", DATA),
		]),
		[
			"a message before a client's search that found a picture of ours",
			{ messages: [sends, hm, user(`[webpage 1 begin] ${own(JOB)}\nUser Message: a cat`), hm, user()] },
			image("messages[0].content[1].image_url.url", DATA),
		],
		[
			"several parts, and a mask",
			{ messages: [user([part(DATA), part(LINK), { mask: LINK }]), hm, user()] },
			image("messages[0].content[0].image_url.url", DATA),
			image("messages[0].content[1].image_url.url", LINK),
			`mask messages[0].content[2].mask ${LINK}`,
		],
		["words with a link", { messages: [user(`${LINK} at night`), hm, user()] }, image("messages[0]", LINK)],
		["words with a link of ours", { messages: [user(own(JOB)), hm, user()] }, image("messages[0]", own(JOB))],
		["the newest message that has some", { messages: [sends, hm, user(LINK), hm, user()] }, image("messages[2]", LINK)],
		[
			"a message behind a picture of ours",
			{ messages: [user(), assistant(markdown(JOB)), sends, hm, user()] },
			image("messages[2].content[1].image_url.url", DATA),
		],
	];
	it.each(rows.map(([what, body, ...pictures]) => ({ what, body, pictures })))(
		"are those of $what",
		({ body, pictures }) => {
			expect(sent(body)).toEqual(pictures);
		},
	);

	it.each<readonly [what: string, body: object]>([
		["if a picture of ours came since", { messages: [sends, assistant(markdown(JOB)), user("hi"), hm, user()] }],
		[
			"if an item with a picture came since",
			{ input: [sends, { type: "image_generation_call", result: DATA }, user()] },
		],
		[
			"if an item that names a picture of ours came since",
			{ input: [sends, { type: "image_generation_call", id: `ig_${JOB}_0` }, user()] },
		],
		["if a foreign picture came since", { messages: [sends, assistant("![a](https://a.test/1)"), user()] }],
		["if a picture came since in a field", { messages: [sends, assistant("", { images: [LINK] }), user()] }],
		["of the message itself", { messages: [sends] }],
		["of a system's message", { messages: [{ role: "system", content: [part(DATA)] }, hm, user()] }],
		[
			"that a client's search brought",
			{ messages: [user(`[webpage 1 begin] ${LINK}\nUser Message: a cat`), hm, user()] },
		],
		["that cannot be read", { messages: [user([part("cat.png")]), hm, user()] }],
		["that cannot be read in words", { messages: [user("http://a.test/a.png at night"), hm, user()] }],
		["of nothing", { messages: [user(), hm, user()], input: "a cat" }],
	])("are none %s", (_, body) => {
		expect(sent(body)).toEqual([]);
	});

	it("are what the question asks about", () => {
		const question = 'Tell me what to change in the picture, for example: "make it night".';
		const asked = (...messages: readonly object[]) => wasAskedWhatToChange(arrived({ messages }));
		expect(asked(sends, assistant(question), user("watercolor"))).toBe(true);
		expect(asked(sends, assistant([{ type: "text", text: `${question}\n` }]), user([part(LINK)]), user("a hat"))).toBe(
			true,
		);
		expect(asked(sends, assistant("请说明要怎样修改这张图片，例如：“改成夜晚”。"), user("水彩"))).toBe(true);
		expect(asked(sends, assistant(question), user("a hat"), hm, user("a cat"))).toBe(false);
		expect(asked(sends, hm, user("a hat"))).toBe(false);
		expect(asked(user(question))).toBe(false);
		expect(wasAskedWhatToChange({ prompt: "a cat" })).toBe(false);
	});
});
