import { describe, expect, it } from "vitest";
import { makeContext } from "../../test/support/workerd/make-context.ts";
import { CHAT } from "./chat/routes.ts";
import { EDITS, GENERATIONS } from "./images/routes.ts";
import { readMeaning } from "./meaning.ts";
import { RESPONSES } from "./responses/routes.ts";

const LINK = "https://pictures.test/cat.png";
const OTHER = "https://pictures.test/dog.png";
const model = "nano-banana-2";

/** Returns what is drawn: the prompt, and the addresses of the pictures. */
async function drawn(api: Parameters<typeof readMeaning>[0], sent: Parameters<typeof readMeaning>[1]["sent"]) {
	const meaning = await readMeaning(api, { sent: { model, ...sent }, files: [] }, null, makeContext());
	if (meaning.kind === "words") return meaning.text;
	const sources = meaning.wanted.map(({ source }) =>
		source.kind === "link" ? source.url : source.kind === "data" ? source.text : source.kind,
	);
	return [meaning.drawn.prompt, ...sources];
}

const inEachApi: readonly (readonly [name: string, read: (said: string) => ReturnType<typeof drawn>])[] = [
	["chat", (said) => drawn(CHAT, { messages: [{ role: "user", content: said }] })],
	["Responses", (said) => drawn(RESPONSES, { input: said })],
	["Images", (prompt) => drawn(GENERATIONS, { prompt })],
	["edits", (prompt) => drawn(EDITS, { prompt })],
];

describe.each(inEachApi)("a picture's link in the words of %s", (name, read) => {
	it("is an input, and no word of the prompt", async () => {
		expect(await read(`${LINK} make it anime`)).toEqual(["make it anime", LINK]);
		expect(await read(`put ${LINK} next to ${OTHER} 16:9`)).toEqual(["put picture 1 next to picture 2", LINK, OTHER]);
		expect(await read("![a](data:image/png;base64,AAAA) make it blue")).toEqual([
			"make it blue",
			"data:image/png;base64,AAAA",
		]);
	});

	it("is asked about, or wants words, if it stands alone", async () => {
		if (name === "chat" || name === "Responses") expect(await read(LINK)).toContain("Tell me what to change");
		else await expect(read(LINK)).rejects.toMatchObject({ reason: { param: "prompt", fault: { is: "missing" } } });
	});

	it("is refused if it cannot be read, and there are more than the model takes", async () => {
		await expect(read("http://pictures.test/a.png at night")).rejects.toMatchObject({
			reason: { fault: { is: "unreadable_picture" } },
		});
		const many = Array.from({ length: 20 }, (_, index) => `${LINK}?${index}`).join(" ");
		await expect(read(`${many} combine them`)).rejects.toMatchObject({
			reason: { fault: { is: "pictures_of_model" } },
		});
	});
});

describe("a picture's number in the words", () => {
	it("counts the pictures of the request's fields, too", async () => {
		const sent = { prompt: `put ${LINK} on ${OTHER}`, image: OTHER };
		expect(await drawn(GENERATIONS, sent)).toEqual(["put picture 2 on picture 1", OTHER, LINK]);
	});
});

describe("a turn of several messages", () => {
	it("is drawn as one", async () => {
		const picture = { role: "user", content: [{ type: "image_url", image_url: { url: LINK } }] };
		const words = { role: "user", content: "make it blue" };
		for (const messages of [
			[picture, words],
			[words, picture],
		]) {
			expect(await drawn(CHAT, { messages })).toEqual(["make it blue", LINK]);
			expect(await drawn(RESPONSES, { input: messages })).toEqual(["make it blue", LINK]);
		}
		const size = { role: "user", content: "16:9" };
		expect(await drawn(CHAT, { messages: [{ role: "user", content: "a cat" }, size] })).toEqual(["a cat"]);
	});
});
