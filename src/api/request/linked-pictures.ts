/** Reads the pictures that stand in a person's words, by an address: they are inputs, since no model can read an address. */

import { languageOf } from "../../language.ts";
import { saysSomething } from "../../prompt/probes.ts";

/** An address in a text, with all that shows it. */
export interface PictureLink {
	readonly start: number;
	readonly end: number;
	readonly address: string;
}

/** More than any model takes. */
const MAX_LINKS = 100;
/** An address begins so. Before our path any host may stand, and none, too. */
const START = /https?:\/\/|\/images\/|data:image\//gi;
/** No address goes on behind these. */
const NO_ADDRESS = "\\s\"'<>[\\]{}|\\\\^`\\u0080-\\uffff";
/** Two addresses may stand side by side with a comma between. */
const IN_ADDRESS = `(?![,;()]{1,3}https?:)[^${NO_ADDRESS}]`;
const QUERY = `(?:[?#](?:(?![,;]https?:)[^${NO_ADDRESS}()]){0,1500}(?<![.,;:!?]))?`;
const HOST = `https?://[^${NO_ADDRESS}()/?#]{1,253}`;
const OWN = `(?:${HOST})?/images/[0-9a-f]{64}/\\d{1,2}\\.[a-z0-9]{1,5}${QUERY}`;
/** Letters that browsers show in an address: those of other scripts than ours. */
const LETTER = "(?!https?:)[\\u00c0-\\u024f\\u0370-\\u1fff\\u3040-\\u30ff\\u3400-\\u9fff\\uac00-\\ud7af]";
const PATH = `${HOST}/(?:(?![?#])(?:${IN_ADDRESS}|${LETTER})){0,500}?`;
/** An address that ends as a picture's file does, or that asks for a picture's format. */
const FILE = `${PATH}(?:\\.(?:png|jpe?g|jfif|webp|gif|avif|bmp|hei[cf])(?![\\w%/-]|\\.\\w)|(?=\\?(?:[\\w.%~=-]{1,60}&){0,9}(?:format|fm)=(?:png|jpe?g|webp|avif)\\b))${QUERY}`;
/** Long data is there by its placeholder. */
const DATA = `data:image/x-removed;run=\\d{1,7},|data:image/[\\w.+-]{1,40}[;,][^${NO_ADDRESS}()]{1,1100}(?<![.,;:!?])`;
/** Surely a picture, wherever it stands; the lettering of one may be another's file, which is in the group. */
const SURE = new RegExp(`${OWN}|${DATA}|(${FILE})`, "iy");
/** Shown as a picture, it may be any address. */
const SHOWN = new RegExp(`${OWN}|${DATA}|${HOST}[^${NO_ADDRESS}()]{0,1500}`, "iy");
const REST = new RegExp(`(?:${IN_ADDRESS})+`, "iy");
const TITLE = />?(?:\s[^)\n]{0,200})?\)/y;
/** The rest of a picture in Markdown that is a link, too. */
const LINK_BEHIND = /\]\([^()\s]{1,1500}(?:\s[^)\n]{0,200})?\)/y;
const QUOTES = [
	['"', '"'],
	["“", "”"],
	["「", "」"],
	["『", "』"],
	["‘", "’"],
	["`", "`"],
] as const;
/** Signs of one character around an address alone: they go with it, too. */
const SIGNS = [...QUOTES, ["'", "'"], ["<", ">"]] as const;

interface Wrap {
	readonly open: RegExp;
	readonly close: RegExp;
	/** Any address within it is a picture. */
	readonly isImage?: true;
}

/** Signs of HTML and of forums that show an address: they go with it. */
const WRAPS: readonly Wrap[] = [
	{ open: /<img\s(?:[^<>]{0,200}\s)?src\s?=\s?["']?$/i, close: /[^<>]{0,300}>/y, isImage: true },
	{ open: /\[img[^\]\n]{0,40}\]\s?$/i, close: /\s?\[\/img\]/iy },
	{ open: /\[(?:img|image|图片?)[:：]\s?$/i, close: /\s?\]/y },
	{ open: /<a\s(?:[^<>]{0,200}\s)?href\s?=\s?["']?$/i, close: /[^<>]{0,200}>[^<]{0,200}<\/a>/iy },
];
const CONTEXT_CHARS = 300;
/** An address behind these is what the picture shows. */
const LETTERING =
	/(?:\b(?:says|saying|reads|reading|links? to|linking to|pointing to|encod(?:es|ing))|写着|写有|写上|内容[是为]|链接到|指向)[ :：]{0,3}["“「『‘`']?$/i;
/** A link behind these is not meant. */
const REFUSED =
	/(?:\b(?:ignor(?:e|ing)|unlike|(?:not|don't) (?:like|use|using|from|copy|in the style of)|no relation to|credits?|avoid)|忽略|无视|[不别](?:要)?(?:像|用|参考))[ :：]*(?:(?:this|the) )?(?:picture|image|link|这张图)?[ :：]*$/i;
const NEAR_CHARS = 40;

/** Finds the links to pictures in a text, in their order. */
export function linksIn(text: string): readonly PictureLink[] {
	const links: PictureLink[] = [];
	START.lastIndex = 0;
	for (let found = START.exec(text); found !== null && links.length < MAX_LINKS; found = START.exec(text)) {
		const link = linkAt(text, found.index);
		// A page's address may hold the address of a picture.
		START.lastIndex = link?.end ?? found.index + (matchAt(REST, text, found.index)?.[0].length ?? 1);
		if (link !== null && !REFUSED.test(text.slice(Math.max(0, link.start - NEAR_CHARS), link.start))) links.push(link);
	}
	return links;
}

/** @param at Where an address begins */
function linkAt(text: string, at: number): PictureLink | null {
	const before = text.slice(Math.max(0, at - CONTEXT_CHARS), at);
	const isText = /\]\(<?$/.test(before);
	const mark = isText ? before.lastIndexOf("[") : -1;
	const isImage = before.charAt(mark - 1) === "!";
	const wrap = WRAPS.find(({ open }) => open.test(before));
	const [address = null, file] = matchAt(isImage || wrap?.isImage ? SHOWN : SURE, text, at) ?? [];
	if (address === null) return null;
	const end = at + address.length;
	const rest = matchAt(TITLE, text, end)?.[0];
	if (mark >= 0 && rest !== undefined)
		return inLink(text, { start: at - before.length + mark - (isImage ? 1 : 0), end: end + rest.length, address });
	const link = inWrap(text, before, wrap, { start: at, end, address });
	if (link !== null) return link;
	if (file !== undefined && (LETTERING.test(before) || isQuotedWithWords(before, text.slice(end, end + CONTEXT_CHARS))))
		return null;
	const isQuoted = SIGNS.some(([open, close]) => before.endsWith(open) && text.startsWith(close, end));
	return isQuoted ? { start: at - 1, end: end + 1, address } : { start: at, end, address };
}

/** A picture in Markdown may be the text of a link to its page. */
function inLink(text: string, link: PictureLink): PictureLink {
	const behind = text.charAt(link.start - 1) === "[" ? matchAt(LINK_BEHIND, text, link.end)?.[0] : undefined;
	return behind === undefined ? link : { ...link, start: link.start - 1, end: link.end + behind.length };
}

/** @param wrap Opens right before the link. Returns null if it does not close behind it */
function inWrap(text: string, before: string, wrap: Wrap | undefined, link: PictureLink): PictureLink | null {
	const right = wrap && matchAt(wrap.close, text, link.end)?.[0];
	if (wrap === undefined || right === undefined) return null;
	return { ...link, start: link.start - before.length + before.search(wrap.open), end: link.end + right.length };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
	pattern.lastIndex = at;
	return pattern.exec(text);
}

/** True between quotation marks on one line, if words stand there, too: the lettering of a picture may have an address. */
function isQuotedWithWords(before: string, behind: string): boolean {
	const left = before.slice(before.lastIndexOf("\n") + 1);
	const [right = ""] = behind.split("\n", 1);
	return QUOTES.some(([open, close]) => {
		const isOpen =
			open === close ? left.split(open).length % 2 === 0 : left.lastIndexOf(open) > left.lastIndexOf(close);
		const isAlone = left.endsWith(open) && right.startsWith(close);
		return isOpen && !isAlone && right.includes(close);
	});
}

/** No blank stands between a name and these. */
const ENDS = /^[\s,.;:!?，。；：！？、)）\]"”」』’'`]/;
const OPENS = /["'“「『‘`(（[]$/;
/** A noun for the picture stands before the link already, or a sign. */
const NAMED = /(?:picture|image|photo|style|图片?|照片|图像|[:：,，.。;；!！?？(（])$/i;
/** The same behind it. */
const NAMED_BEHIND = /^(?:这张图|图片|(?:this )?(?:picture|image|photo)\b)/i;
/** A quotation that held a link alone. */
const EMPTY_QUOTE = /^\s*(?:>[ \t]*\n)+/;
/** The name of a field at the end of a line. It names nothing without the link. */
const LABEL =
	/(?:^|[\n,，;；。.])[ \t]{0,9}(?:(?:input|reference|source|original) )?(?:image|picture|photo|img|link|url|reference|参考|原图|图片?|参考图片?|图片?链接|参考链接)[ \t]?[:：]$/i;
/** At the end of a line a link is an object only behind these. */
const WANTS_OBJECT =
	/(?:\b(?:of|on|onto|with|from|in|into|like|as|to|and|by|at|for|use|using|edit|change|img2img)|[用把将给和与跟像照据考的在])$/i;
/**
 * Returns a person's words without the links in them. One in the midst of a sentence leaves a word for its picture.
 * @param numberOf Returns the place of a picture among several, from 1; null if it is alone
 */
export function withoutLinks(
	text: string,
	links: readonly PictureLink[],
	numberOf: (address: string) => number | null = () => null,
): string {
	if (links.length === 0) return text;
	const pieces = [...links, null].map((link, at) => text.slice(links[at - 1]?.end ?? 0, link?.start));
	const isChinese = languageOf(pieces.join("")) === "zh";
	const [first = "", ...others] = pieces;
	const words = others.reduce((before, behind, at) => {
		const number = numberOf(links[at]?.address ?? "");
		if (isChinese) return join(before, number === null ? "这张图" : `图${number}`, "", behind);
		return join(before, number === null ? " this picture" : ` picture ${number}`, " ", behind);
	}, first);
	return words.replace(EMPTY_QUOTE, "").trim();
}

/** @param gap Stands between words */
function join(before: string, name: string, gap: string, behind: string): string {
	const tail = before.slice(-NEAR_CHARS);
	const left = tail.trimEnd();
	const blanks = tail.slice(left.length);
	const stem = before.slice(0, before.length - blanks.length);
	const right = behind.trimStart();
	const endsLine = right === "" || behind.slice(0, -right.length).includes("\n");
	const quotes = /(?:^|\n)>$/.test(left);
	if (left === "" || quotes || blanks.includes("\n"))
		return (quotes ? stem.slice(0, -1) : before) + (endsLine ? behind : right.replace(/^[,，:：;；.。]\s*/, ""));
	if (/[(（]$/.test(left) && /^[)）]/.test(right))
		return stem.slice(0, -1).trimEnd() + gap + right.slice(1).trimStart();
	if (endsLine && LABEL.test(left)) return stem.replace(LABEL, "") + behind;
	if (endsLine) return stem + (WANTS_OBJECT.test(left) ? name : "") + behind;
	const named = NAMED.test(left) || NAMED_BEHIND.test(right) ? "" : name;
	return stem + (blanks === "" && OPENS.test(left) ? name.trimStart() : named) + (ENDS.test(right) ? "" : gap) + right;
}

/** True if a message has a link to a picture, and not a word beside it. */
export function isOnlyLinks(text: string): boolean {
	const links = linksIn(text);
	return links.length > 0 && !saysSomething(withoutLinks(text, links));
}
