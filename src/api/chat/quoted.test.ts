/** Shows answers as chat clients do, and looks for anything in them that the prompt made. */

import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { Marked } from "marked";
import rehypeRaw from "rehype-raw";
import rehypeStringify from "rehype-stringify";
import remarkGfm from "remark-gfm";
import remarkMath from "remark-math";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import { describe, expect, it } from "vitest";
import { CHAT_ID, contentOf, renderChatLog } from "../../../test/support/chat-stream.ts";
import { outputs, play, rendering, start, stored, submitted } from "../../../test/support/logs.ts";
import { makeRequest, UPSTREAM } from "../../../test/support/make.ts";
import { quoted } from "./quoted.ts";
import { toChatCompletion } from "./render.ts";

const marked = new Marked({ gfm: true });
const markdownIt = new MarkdownIt({ html: true, linkify: true, typographer: true });
const markdownItPlain = new MarkdownIt({ html: false });
const remark = unified()
	.use(remarkParse)
	.use(remarkGfm)
	.use(remarkMath)
	.use(remarkRehype, { allowDangerousHtml: true })
	.use(rehypeRaw)
	.use(rehypeStringify);

const RENDERERS: readonly (readonly [name: string, show: (markdown: string) => string])[] = [
	["marked", (markdown) => String(marked.parse(markdown, { async: false }))],
	["markdown-it", (markdown) => markdownIt.render(markdown)],
	["markdown-it without HTML", (markdown) => markdownItPlain.render(markdown)],
	["remark", (markdown) => String(remark.processSync(markdown))],
];

/** Text that clients take for a formula before a renderer sees it: NextChat, LobeChat and Open WebUI look for these. */
const FORMULA = /\\\[[\s\S]*?\\\]|\\\([\s\S]*?\\\)|(?<!\\)\$[^$]+(?<!\\)\$/;

const HOSTILE: readonly (readonly [name: string, prompt: string])[] = [
	["an open fence", "```json\n{"],
	["JSON in a fence", '```json\n{\n  "prompt": "a cat",\n  "style": ["oil"]\n}\n```'],
	["a fence of tildes", "~~~\na cat"],
	["a code span", "a `cat` and ``another`"],
	["an open code span", "a ` cat"],
	["a script", "<script>alert(1)</script> a cat"],
	["a picture's tag", '<img src="https://elsewhere.example/x.png" onerror=alert(1)>'],
	["an open comment", "a cat <!-- "],
	["an open tag", "<details><summary>a cat"],
	["an open element", "<style>"],
	["CDATA", "<![CDATA[ a cat"],
	["a declaration", "<!DOCTYPE html> <?php"],
	["a picture", "![x](https://elsewhere.example/x.png)"],
	["a picture by reference", "![x][1]\n\n[1]: https://elsewhere.example/x.png"],
	["a link", "[x](https://elsewhere.example)"],
	["a link by reference", "[x]\n\n[x]: https://elsewhere.example"],
	["a reference's definition", "[Generated Image]: https://elsewhere.example/x.png"],
	["brackets around all", "]("],
	["half a picture", "a cat ![x"],
	["an autolink in brackets", "<https://elsewhere.example>"],
	["a bare address", "as in https://elsewhere.example/x.png, http://127.0.0.1:80/x and ftp://a.example"],
	["an address without a scheme", "www.elsewhere.example or elsewhere.com/x or //elsewhere.com/x or //127.0.0.1/x"],
	["mail addresses", "a.b@elsewhere.example mailto:a@elsewhere.example xmpp:a@elsewhere.example a@1.2.com"],
	[
		"mail addresses of odd letters",
		"{@www.| and a!@elsewhere.example and =?@elsewhere.example and 狐@elsewhere.example",
	],
	["a footnote", "a cat[^1]\n\n[^1]: https://elsewhere.example"],
	["an inline footnote", "a cat^[see https://elsewhere.example]"],
	["a table", "| a | b |\n|---|---|\n| 1 | 2 |"],
	["entities", "&lt;img src=x&gt; &#60;b&#62; &#x3c;b&#x3e; &copy; &amp;lt;"],
	["a heading", "# A cat\n\n## Another"],
	["an underlined heading", "A cat\n=====\nAnother\n-----"],
	["a list", "- a cat\n- another\n1. a third\n- [ ] a fourth"],
	["a quote", "> a cat"],
	["a rule", "a cat\n\n---\n\n***"],
	["indented code", "\n\n    a cat"],
	["emphasis", "a **cat** and *another*, __a third__, _a fourth_, ***a fifth*"],
	["struck words", "a ~~cat~~ and ~another~"],
	["formulas", "$a$ and $$b$$, \\(c\\) and \\[d\\], \\begin{equation}e\\end{equation}"],
	["an open formula", "a cat for $5 or $10"],
	["backslashes", "a cat \\"],
	["backslashes before signs", "\\[x\\](y) \\`a\\` \\<b> \\\\[z]"],
	["marks of direction", "\u202eabc\u202c \u200fdef \u2066ghi\u2069"],
	["letters without a width", "ht\u200btp://else\u2060where.example !\u200b[x](y) \ufeff"],
	["all line ends", "a\r\nb\rc\u2028d\u2029e\u0085f\u000bg\u000ch"],
	["control characters", "a\u0000b\u001b[31mc\u0007"],
	["quotation marks", 'a sign "OPEN" and aspect ratio: 1:1\n\n![x](https://elsewhere.example)'],
	["32,000 characters", "[a](b) ".repeat(4_572).slice(0, 32_000)],
	["32,000 backticks", "`".repeat(32_000)],
	["a formula's command", "\\ce{H2O} \\pu{1 m}"],
];

const LINK = "https://gateway.test/images/1/0.png?exp=1802592000&sig=s0";

/** Renders the answer of a job of today, streamed, and checks that the whole one has the same words. */
function answerTo(prompt: string): string {
	const accepted = { request: makeRequest({ prompt }), rendering: rendering({ version: 2 }) };
	const log = play([start(accepted), submitted(0), outputs(1), stored(0)]);
	const streamed = contentOf(renderChatLog(log));
	expect(toChatCompletion(CHAT_ID, log).choices[0]?.message.content).toBe(streamed);
	return streamed;
}

/** Lists the tags of a page, but paragraphs. What is shown as text has no `<`. */
function tagsOf(html: string): readonly string[] {
	return [...html.matchAll(/<[^>]*>?/g)].map(([tag]) => tag).filter((tag) => !/^<\/?p>$/.test(tag));
}

/** Reads the words of a page as a person does. */
function wordsOf(html: string): string {
	return decoded(html.replace(/<[^>]*>/g, ""))
		.replaceAll("\u2060", "")
		.trim();
}

const NAMED: ReadonlyMap<string, string> = new Map([
	["lt", "<"],
	["gt", ">"],
	["quot", '"'],
	["amp", "&"],
]);

function decoded(html: string): string {
	return html.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) =>
		name === undefined ? String.fromCodePoint(Number(decimal ?? `0x${hex}`)) : (NAMED.get(name) ?? whole),
	);
}

function expectOnePicture(answer: string): void {
	expect(answer).not.toMatch(FORMULA);
	for (const [name, show] of RENDERERS) {
		const html = show(answer);
		const tags = tagsOf(html);
		expect(tags, name).toHaveLength(1);
		const tag = decoded(tags[0] ?? "").replace(/ ?\/>$/, ">");
		expect(tag, name).toBe(`<img src="${LINK}" alt="Generated Image">`);
		expect(html.match(/<p>/g), name).toHaveLength(2);
	}
}

describe("a prompt in an answer", () => {
	it.each(HOSTILE)("leaves the picture as the only thing beside words: %s", (_, prompt) => {
		expectOnePicture(answerTo(prompt));
	});

	it("leaves it so whatever the prompt is", () => {
		const parts = fc.oneof(
			fc.constantFrom(...HOSTILE.map(([, prompt]) => prompt.slice(0, 60))),
			fc.constantFrom(..."\\`*_{}[]()#+-.!|<>~$&:@/\"'^=%;?\n\t a1狐🦊\u200d\u200b\u202e"),
			fc.constantFrom("&lt", "&#", "://", "www.", ".com", "](", "![", "<!--", "-->", "```", "$$", "\\(", "\\["),
			fc.string({ unit: "binary", maxLength: 10 }),
		);
		fc.assert(
			fc.property(fc.array(parts, { maxLength: 30 }), (all) => {
				const prompt = all.join("").toWellFormed().trim();
				fc.pre(prompt !== "");
				expectOnePicture(answerTo(prompt));
			}),
			{ numRuns: 500 },
		);
	});

	it.each([
		"A red fox in the snow, watercolour",
		"一只在雪地里的狐狸，水彩",
		'a sign that says "OPEN" (neon), 50% off & more; it\'s #1!',
		"a [fox](here) with *stars*, `code`, 5 < 6, $5, snake_case and a \\ backslash &amp; more",
		"see https://elsewhere.example/a?b=c&d=e and www.a.com or me@b.com",
		"👨‍👩‍👧 and 🏳️‍🌈, 👩🏽‍🚀",
	])("is shown as it was written: %s", (prompt) => {
		for (const [name, show] of RENDERERS.filter(([other]) => other !== "markdown-it")) {
			const [line] = wordsOf(show(answerTo(prompt))).split("\n");
			expect(line, name).toBe(`Generated image with prompt: "${prompt}" and aspect ratio: 16:9`);
		}
	});

	it("has no sign of an escape if it needs none", () => {
		expect(answerTo("A red fox in the snow (2:3), watercolour; 8k, v1.5!")).toBe(
			`Generated image with prompt: "A red fox in the snow (2:3), watercolour; 8k, v1.5!" and aspect ratio: 16:9\n\n![Generated Image](${LINK})`,
		);
	});

	it.each([
		["words on lines", "a fox\n\n  in   the\tsnow ", "a fox in the snow"],
		["letters that are not seen", "a\u200b f\u00adox\u202e in\ufeff the\u2060 snow", "a fox in the snow"],
		["1,000 characters", "狐".repeat(1_000), "狐".repeat(1_000)],
		["one more", "狐".repeat(1_001), `${"狐".repeat(1_000)}…`],
		["a prompt as long as may be", "🦊".repeat(16_000), `${"🦊".repeat(1_000)}…`],
	])("is one line, and has a bound: %s", (_, prompt, line) => {
		expect(quoted(prompt)).toBe(line);
	});
});

it.each([
	["[x]", "&#91;x&#93;"],
	["a\\b", "a&#92;b"],
	["~x~", "\\~x\\~"],
	["*a* _b_ `c` $5", "\\*a\\* \\_b\\_ \\`c\\` \\$5"],
	["<b> &amp; a & b", "&lt;b> &amp;amp; a & b"],
	["//a", "/|/a"],
	["a/b", "a/b"],
	["a@b", "a|@b"],
	["5@b", "5|@b"],
	["a @b", "a @b"],
	["a.b", "a|.b"],
	["1.b", "1|.b"],
	["a_b.c", "a\\_b|.c"],
	["a .b", "a .b"],
	["a.1", "a.1"],
	["www.1", "www|.1"],
	["ww.1", "ww.1"],
])("writes %j as %j, with a line for the letter that keeps an address apart", (words, markdown) => {
	expect(quoted(words).replaceAll("\u2060", "|")).toBe(markdown);
});

it("reads no more than the beginning, whatever is left out of it", () => {
	expect(quoted(`${"\u200b".repeat(7_999)}ab`)).toBe("a");
});

it("shows what fal says of a failure as words only", () => {
	const message = "fal says: <img src=x> ![x](https://elsewhere.example/x.png) `a";
	const failed = play([
		start({ rendering: rendering({ version: 2 }) }),
		submitted(0),
		{
			type: "result",
			requestId: UPSTREAM.requestId,
			result: { kind: "failure", error: { code: "upstream_failed", message } },
		},
	]);
	for (const [name, show] of RENDERERS) expect(tagsOf(show(contentOf(renderChatLog(failed)))), name).toEqual([]);
});
