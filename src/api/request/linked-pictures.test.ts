import { describe, expect, it } from "vitest";
import { growthOf, MAX_GROWTH, msOf } from "../../../test/support/linear.ts";
import { isOnlyLinks, linksIn, withoutLinks } from "./linked-pictures.ts";

const PATH = `/images/${"0a".repeat(32)}/0.png`;
const OWN = `https://gateway.test${PATH}?exp=1&sig=a-b_c`;
const FILE = "https://pictures.test/cat.png";
const OTHER = "https://others.test/a/dog.JPEG?w=1";
const DATA = "data:image/png;base64,iVBORw0KGgo=";
const LONG = "data:image/x-removed;run=12,";

/** Returns the addresses in a text, and its words without them. */
function read(text: string): readonly string[] {
	const links = linksIn(text);
	return [withoutLinks(text, links), ...links.map(({ address }) => address)];
}

describe("a picture in words", () => {
	it.each<readonly [text: string, ...read: readonly string[]]>([
		[`make it blue ${OWN}`, "make it blue", OWN],
		[`${OWN} make it blue`, "make it blue", OWN],
		[`${PATH} make it blue`, "make it blue", PATH],
		[`HTTP://localhost:8787${PATH} make it blue`, "make it blue", `HTTP://localhost:8787${PATH}`],
		[`![Generated Image](${OWN})\nmake it blue`, "make it blue", OWN],
		[`![](<${OWN}>) make it blue`, "make it blue", OWN],
		[`> ![Generated Image](${OWN})\n\nmake it blue`, "make it blue", OWN],
		[`[picture](${OWN} "a fox") make it blue`, "make it blue", OWN],
		[`<img src="${OWN}"> remove the text`, "remove the text", OWN],
		[`<img alt='a fox' src=${OWN} width=300 /> remove the text`, "remove the text", OWN],
		[`把${OWN}放到杯子上`, "把这张图放到杯子上", OWN],
		[`"${OWN}" in watercolor`, "in watercolor", OWN],
		[`${FILE} make it anime`, "make it anime", FILE],
		[`${FILE}, make it anime`, "make it anime", FILE],
		[`<${FILE}> make it anime`, "make it anime", FILE],
		[`${FILE}改成动漫风格`, "改成动漫风格", FILE],
		[`![](${FILE}) 改成动漫风格`, "改成动漫风格", FILE],
		["![a](https://pictures.test/4711) at night", "at night", "https://pictures.test/4711"],
		['<img src="https://pictures.test/4711"> at night', "at night", "https://pictures.test/4711"],
		[`[here](${FILE}) at night`, "at night", FILE],
		[`${DATA} make it blue`, "make it blue", DATA],
		[`![x](${DATA}) make it blue`, "make it blue", DATA],
		[`![x](${LONG})\nmake it blue`, "make it blue", LONG],
		["https://a.test/Cat_(animal).webp at night", "at night", "https://a.test/Cat_(animal).webp"],
		["https://a.test/w_1,h_2/a.b.avif#x at night", "at night", "https://a.test/w_1,h_2/a.b.avif#x"],
		["http://a.test/a.png at night", "at night", "http://a.test/a.png"],
		["https://a.test/图片/猫.png 改成夜晚", "改成夜晚", "https://a.test/图片/猫.png"],
		["https://a.test/Müll/кот.heif at night", "at night", "https://a.test/Müll/кот.heif"],
		["https://a.test/cat.png改成b.png", "改成b.png", "https://a.test/cat.png"],
		[
			"https://a.test/media/abc?format=jpg&name=large at night",
			"at night",
			"https://a.test/media/abc?format=jpg&name=large",
		],
		["https://a.test/photo-1?w=8&fm=webp, at night", "at night", "https://a.test/photo-1?w=8&fm=webp"],
		[`[![a](${FILE})](https://imgur.com/abc) make it night`, "make it night", FILE],
		[`[![a](${FILE})] make it night`, "[this picture] make it night", FILE],
		[`"${FILE}" make it night`, "make it night", FILE],
		[`\`${FILE}\` make it night`, "make it night", FILE],
		[`'${FILE}' make it night`, "make it night", FILE],
		[`<a href="${FILE}">photo</a> make it night`, "make it night", FILE],
		[`<a class=b href=${OWN}>photo</a> make it night`, "make it night", OWN],
		[`[img]${FILE}[/img] make it night`, "make it night", FILE],
		[`[img=10x10] ${FILE} [/IMG] make it night`, "make it night", FILE],
		[`[图: ${FILE}] 换成夜晚`, "换成夜晚", FILE],
		[`<a href = "${FILE}">photo</a> make it night`, "make it night", FILE],
		["![a](HTTPS://a.test/1) ![b](https://a.test/2) at night", "at night", "HTTPS://a.test/1", "https://a.test/2"],
		[`<img src = "${FILE}"> make it night`, "make it night", FILE],
		[`<img src="x" alt="${FILE}"> at night`, '<img src="x" alt= this picture > at night', FILE],
		[`<a href="x" title="${FILE}">y</a> at night`, '<a href="x" title= this picture >y</a> at night', FILE],
		[`[![a](${FILE})](https://a.test/1 "a cat") make it night`, "make it night", FILE],
		[`[img: see ${FILE}] at night`, "[img: see this picture] at night", FILE],
		[`[img:${FILE} ] at night`, "at night", FILE],
		[`[img:${FILE}x] at night`, `[img:${FILE}x] at night`],
		[`> ${OWN}\n> \n>\n\nmake it night`, "make it night", OWN],
		[`>\n${FILE} at night`, "at night", FILE],
		[`so\n> \n\nat ${FILE}`, "so\n> \n\nat this picture", FILE],
		[`![a](${FILE} at night`, "![a](this picture at night", FILE],
		[`[img]see ${FILE}[/img] at night`, "[img]see this picture [/img] at night", FILE],
		[`>\n>\n${FILE} at night`, "at night", FILE],
		[`[IMG: ${FILE}] make it night`, "make it night", FILE],
		[`画一只猫，参考链接：${FILE}`, "画一只猫", FILE],
		[`image: ${FILE}\nprompt: make it night`, "prompt: make it night", FILE],
		[`make it night\nReference image: ${FILE}\nin oil`, "make it night\nin oil", FILE],
		[`> ![Generated Image](${OWN})\n> \n\nmake it night`, "make it night", OWN],
	])("is an input, and no word: %j", (text, ...expected) => {
		expect(read(text)).toEqual(expected);
	});

	it.each<readonly [text: string, words: string]>([
		[`put ${FILE} on a mug`, "put this picture on a mug"],
		[`Based on ${FILE}, draw it at night`, "Based on this picture, draw it at night"],
		[`a fox in the style of ${FILE}`, "a fox in the style of this picture"],
		[`edit this picture: ${FILE} add a hat`, "edit this picture: add a hat"],
		[`add a hat ${FILE}`, "add a hat"],
		[`add a hat (${FILE})`, "add a hat"],
		[`a fox (${FILE}) at night`, "a fox at night"],
		[`add a hat to ${FILE}.`, "add a hat to this picture."],
		[`a fox\n${FILE}\nat night`, "a fox\n\nat night"],
		[`用 ${FILE} 做一张海报`, "用这张图做一张海报"],
		[`把这张图 ${FILE} 换成夜晚`, "把这张图换成夜晚"],
		[`参考${FILE}`, "参考这张图"],
		[`请参考${FILE}画一只狗`, "请参考这张图画一只狗"],
		[`ignore the rain and use ${FILE}`, "ignore the rain and use this picture"],
		[`put ${FILE} next to a picture`, "put this picture next to a picture"],
		[`put ${FILE} image on a mug`, "put image on a mug"],
		[`draw it, image: big ${FILE}`, "draw it, image: big"],
		[`换成夜晚，参考：${FILE}`, "换成夜晚"],
		[`换成夜晚，图：${FILE}`, "换成夜晚"],
		[`换成夜晚，参考图：${FILE}`, "换成夜晚"],
		[`换成夜晚，图链接：${FILE}`, "换成夜晚"],
		[`make it night, image : ${FILE}`, "make it night"],
		[`add a hat to the fox ${FILE}`, "add a hat to the fox"],
		[`图片：${FILE}\n要求：换成夜晚`, "要求：换成夜晚"],
		[`把 ${FILE} 这张图改成夜晚`, "把这张图改成夜晚"],
		[`make ${FILE} this picture at night`, "make this picture at night"],
		[`make the image: ${FILE}`, "make the image:"],
		[`she says "${OWN} at night"`, 'she says "this picture at night"'],
		[`a fox (${FILE} at night) in oil`, "a fox (this picture at night) in oil"],
		[`a fox (${FILE}, at night) in oil`, "a fox (this picture, at night) in oil"],
		[`一只狐狸（${FILE}的样子）在雪地`, "一只狐狸（这张图的样子）在雪地"],
		[`a fox (in oil) ${FILE} at night`, "a fox (in oil) this picture at night"],
		[`a fox says "hi" ${FILE} at night`, 'a fox says "hi" this picture at night'],
		[`> a fox with ${FILE} at night`, "> a fox with this picture at night"],
		[`put ${FILE} at night\nin oil`, "put this picture at night\nin oil"],
		[`${FILE} at night, in oil`, "at night, in oil"],
		[`${FILE},at night`, "at night"],
		[`${FILE}:  at night`, "at night"],
		[`make <img src="${OWN}"> blue`, "make this picture blue"],
		[`make <img src="${OWN}`, 'make <img src="'],
		[`a [b](:${FILE}) c`, "a [b](:) c"],
		[`a](${FILE}) at night`, "a] at night"],
		[`if a<b (${FILE}) at night`, "if a<b at night"],
		[`"a"+${OWN}"b`, '"a"+ this picture"b'],
		[`draw ${FILE}'s fox`, "draw this picture's fox"],
		[`a fox, '${FILE} at night`, "a fox, 'this picture at night"],
		[`a<${FILE} b`, "a< this picture b"],
		[`a ${FILE}> b`, "a this picture > b"],
		[`[img] ${FILE} make it night`, "[img] this picture make it night"],
		[`put ${FILE} [/img] at night`, "put this picture [/img] at night"],
		[`![a](${FILE})](x) at night`, "](x) at night"],
		[`> ${OWN} make it night`, "make it night"],
		[`so\n> ${OWN} make it night`, "so\nmake it night"],
		[`a ${FILE}” b`, "a this picture” b"],
		[
			`${"a red fox in the snow ".repeat(3)}"${FILE} at night`,
			`${"a red fox in the snow ".repeat(3)}"this picture at night`,
		],
		[`![x](${OWN}) ${"in oil, ".repeat(100)}`, "in oil, ".repeat(100).trim()],
		[`she says "so\n${FILE} at night"`, 'she says "so\nat night"'],
		["a fox", "a fox"],
	])("leaves a sentence behind: %j", (text, words) => {
		expect(read(text)[0]).toBe(words);
	});

	it("is told by its number, if there are several", () => {
		const number = (text: string) => {
			const links = linksIn(text);
			return withoutLinks(text, links, (address) => links.findIndex((link) => link.address === address) + 1);
		};
		expect(linksIn(`${FILE},${OTHER}`).map(({ address }) => address)).toEqual([FILE, OTHER]);
		expect(number(`put ${FILE} into ${OTHER}`)).toBe("put picture 1 into picture 2");
		expect(number(`把${FILE}放到${OTHER}里`)).toBe("把图1放到图2里");
		expect(number(`${FILE} ${OTHER}\ncombine these`)).toBe("combine these");
	});

	it.each([
		"https://pictures.test/cat make it blue",
		"https://pictures.test/cat.png/page make it blue",
		"https://pictures.test/?of=cat.png make it blue",
		`https://pages.test/view?of=${FILE} make it blue`,
		"https://pictures.test/cat.pngs make it blue",
		"https://cat.png make it blue",
		"[docs](https://pictures.test/cat) make it blue",
		"cat.png, ![a](cat.png), ![a](attachment:1)",
		`https://gateway.test/images/${"0".repeat(63)}/0 make it blue`,
		`a sign that says "visit ${FILE}"`,
		`写着“${FILE}”的牌子`,
		`a sign that says "${FILE} at night"`,
		`a sign that says "${FILE} ${"at night ".repeat(31)}"`,
		`signs that say “yes” and “visit ${FILE}”`,
		`a neon sign that says ${FILE}`,
		`a sign with "${FILE} at night" on it`,
		`QR codes that link to ${FILE}`,
		`see https://pages.test/view?of=${FILE} make it blue`,
		`A cat. Photo credits ${FILE}`,
		`a mug that reads "${FILE}"`,
		`生成一个二维码，内容是${FILE}`,
		`a QR code that links to ${FILE}`,
		`don't copy ${FILE}, draw a red fox`,
		`a red fox, not in the style of ${FILE}`,
		`draw a cat, no relation to ${OWN}`,
		`A cat. Photo credit: ${FILE}`,
		"https://pictures.test/?of=cat&format=pngs make it blue",
		"https://pictures.test?format=png make it blue",
		"https://pictures.test/页面 https://others.test/cat make it blue",
		`run \`curl ${FILE}\` in a terminal`,
		"write data:image/png for it",
		`draw a cat, ignore ${FILE}`,
		`not like ${OWN}: a dog`,
		`Don't use this picture: ${FILE}`,
		`不要参考 ${OWN} 画一只狗`,
		`不像${OWN} 画一只狗`,
		`忽略 : ${OWN} 画一只狗`,
		"",
	])("is none: %j", (text) => {
		expect(read(text)).toEqual([text]);
	});

	it("leaves a text without any as it is", () => {
		expect(withoutLinks(" a fox\n", [])).toBe(" a fox\n");
	});

	it("is one of 100 at most", () => {
		expect(linksIn(`${FILE} `.repeat(99))).toHaveLength(99);
		expect(linksIn(`${FILE} `.repeat(101))).toHaveLength(100);
	});

	it.each([
		[OWN, true],
		[FILE, true],
		[`![a fox](${OWN})\n${PATH}`, true],
		[`<img src="${FILE}">!`, true],
		[`${OWN} brighter`, false],
		[`${OWN} 亮`, false],
		["https://pictures.test/cat", false],
		["", false],
		["!", false],
	])("has no word beside it: %j, %s", (text, isOnly) => {
		expect(isOnlyLinks(text)).toBe(isOnly);
	});

	it.each([
		"[",
		"![a](",
		"<img ",
		"<img https://",
		"http://",
		"https://a",
		"https://a/b.png",
		"https://a/b.png,",
		"data:image/a,",
		'"',
		'"a ',
		"   ",
		`![a](${OWN} `,
		`<img src=${OWN} `,
		`${OWN} `,
	])("is read in time that grows as the text does, of %j", (unit) => {
		const text = (length: number) => unit.repeat(Math.ceil(length / unit.length));
		const run = (said: string) => withoutLinks(said, linksIn(`${said}${FILE}`));
		const ms = msOf(run, text(8_000));
		expect(ms < 50 || growthOf(run, text, 8_000) < MAX_GROWTH).toBe(true);
	});
});
