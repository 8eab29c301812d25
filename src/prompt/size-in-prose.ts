import type { Size } from "../models/request.ts";

/** Sizes as people write them: the value of a `size` field, and the directive somewhere in a chat message. */

/** Outside of these a size is a slip of the finger: no model of fal's draws it. */
const MIN_SIDE_PX = 64;
const MAX_SIDE_PX = 8192;
const MAX_ELONGATION = 20;
const MAX_FIELD_CHARS = 40;

/** The shapes that pictures have. Only these are understood where nothing but the number says that it is a size. */
export const KNOWN_RATIOS = [
	"1:1",
	"16:9",
	"9:16",
	"4:3",
	"3:4",
	"3:2",
	"2:3",
	"21:9",
	"9:21",
	"5:4",
	"4:5",
	"2:1",
	"1:2",
] as const;

function ratio(width: number, height: number): Size {
	return { kind: "ratio", width, height };
}
function pixels(width: number, height: number): Size {
	return { kind: "pixels", width, height };
}

/** fal's names for some `image_size`s (fal.ai/models, `ImageSize`). */
export const FAL_PRESETS: ReadonlyMap<string, Size> = new Map([
	["square_hd", pixels(1024, 1024)],
	["square", pixels(512, 512)],
	["portrait_4_3", pixels(768, 1024)],
	["portrait_16_9", pixels(576, 1024)],
	["landscape_4_3", pixels(1024, 768)],
	["landscape_16_9", pixels(1024, 576)],
]);

/** Sizes by name. `square` is a shape here, as people mean it, and not fal's small preset. */
const NAMED: ReadonlyMap<string, Size> = new Map([
	...FAL_PRESETS,
	["auto", { kind: "auto" }],
	["square", ratio(1, 1)],
	["portrait", ratio(2, 3)],
	["landscape", ratio(3, 2)],
]);

/** Half-width digits and signs for the full-width ones; never changes the length, so that places in the text stay. */
function fold(text: string): string {
	return text
		.replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
		.replace(/[×✕✖]/g, "x")
		.replace(/∶/g, ":")
		.replace(/[\u3000\u00a0]/g, " ");
}

const FIELD = /^(\d{1,5}(?:\.\d{1,2})?) ?([:/x*]) ?(\d{1,5}(?:\.\d{1,2})?)(?: ?(?:px|pixels?|像素))?$/;

/**
 * The value of a `size` field: `1024x1024` (also `×`, `*`, spaces, full-width), `16:9`, `16/9`, `auto`, fal's preset names.
 * `16x9` is the ratio that it looks like. Null where it makes no sense: sides from 64 to 8192 pixels, at most 20 : 1.
 */
export function parseSize(text: string): Size | null {
	if (text.length > MAX_FIELD_CHARS) return null;
	const folded = fold(text).trim().toLowerCase();
	const named = NAMED.get(folded);
	if (named) return named;
	const [, left = "", sign = "", right = ""] = FIELD.exec(folded) ?? [];
	// `1.91:1` has whole numbers too: 191:100.
	const scale = left.includes(".") || right.includes(".") ? 100 : 1;
	const [width, height] = [Math.round(Number(left) * scale), Math.round(Number(right) * scale)];
	if (width < 1 || height < 1 || Math.max(width / height, height / width) > MAX_ELONGATION) return null;
	if (sign === ":" || sign === "/") return ratio(width, height);
	if (isKnownRatio(`${left}:${right}`)) return ratio(width, height);
	if (scale > 1 || Math.min(width, height) < MIN_SIDE_PX || Math.max(width, height) > MAX_SIDE_PX) return null;
	return pixels(width, height);
}

function isKnownRatio(text: string): boolean {
	return KNOWN_RATIOS.some((known) => known === text);
}

/** How far apart two shapes are; twice as wide and half as wide are equally far. */
export function shapeDistance(a: { width: number; height: number }, b: { width: number; height: number }): number {
	return Math.abs(Math.log((a.width * b.height) / (a.height * b.width)));
}

/** Models round their sides, and Imagen's 16:9 is really 11:6. */
const SAME_SHAPE = 0.04;

/** A shape as a ratio: the known one that it is or nearly is (1365x768 → `16:9`), else the reduced fraction. */
export function toRatioText(width: number, height: number): string {
	const near = KNOWN_RATIOS.map((text) => ({ text, far: shapeDistance(toBox(text), { width, height }) }))
		.filter(({ far }) => far < SAME_SHAPE)
		.toSorted((a, b) => a.far - b.far)[0];
	if (near) return near.text;
	const divisor = greatestCommonDivisor(width, height);
	return `${width / divisor}:${height / divisor}`;
}

function toBox(text: string): { width: number; height: number } {
	const [width = 1, height = 1] = text.split(":").map(Number);
	return { width, height };
}

function greatestCommonDivisor(a: number, b: number): number {
	return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

const RATIO = String.raw`\d{1,5}(?:\.\d{1,2})? ?[:/] ?\d{1,5}(?:\.\d{1,2})?`;
const PIXELS = String.raw`\d{1,5} ?[x*] ?\d{1,5}(?: ?(?:px|pixels?|像素))?`;
const PRESET = "(?:portrait|landscape)_(?:4_3|16_9)";
/** A number that goes on is another thing: `16:9:30`, `1.5:1.25.3`, `16:9th`, `10x20 cm`. */
const STARTS = String.raw`(?<![\w.*#$%&@+=/-])(?<!\d ?[:x] ?)`;
const ENDS = String.raw`(?![\w%]|\.\d|-\d| ?[:/x*] ?\d| ?(?:cm|mm|inch|inches|ft|dpi)(?![a-z])| ?(?:厘米|毫米|公分|英寸))`;
const GAP = String.raw`[ \t]{0,3}`;

/** Words that can only mean a picture's size: any ratio after them is taken. */
const CLEAR_WORDS = String.raw`(?<![\w-])(?:--|—|–)(?:aspect(?:[-_ ]ratio)?|ar|ratio|size)|(?<![\w?&#%/-])(?:aspect[-_ ]?ratio|image[-_ ]?size)|(?:画面|图片|图像|照片|輸出|输出)?(?:宽高比|长宽比|纵横比|寬高比|長寬比)例?|(?:画幅|畫幅)(?:比例|尺寸|大小)?|(?:画面|图片|图像|照片|圖片|输出|宽高|长宽)(?:比例|尺寸|大小|分辨率)`;
/** Words that mean other things too: without a colon or the like, doubtful ratios are left alone after them. */
const VAGUE_WORDS = "(?<![\\w?&#%/-])(?:size|ratio|aspect|resolution)|比例|尺寸|大小|分辨率|解析度|比率";
const LINK = String.raw`${GAP}(?:[:=]|(?:[设改调設調]|设置|调整|設置|調整)?[为為成到]:?|是:?|用)${GAP}|[ \t]{1,3}(?:is|of|to)[ \t]{1,3}`;
const WORDS_AFTER = String.raw` ?的?(?:画面|图片)?(?:比例|画幅|畫幅|宽高比|长宽比|尺寸|分辨率)| ?(?:aspect[- ]ratio|ratio(?! of)|resolution)(?![\w-])`;
/** `1:1比例手办` is a figure as large as life. */
const NOT_SCALE = "(?! ?的?(?:缩放|缩小|放大|复刻|还原|混合|稀释|调配|真人|手办|模型|实物|高达))";

const DIRECTIVE = new RegExp(
	`(?:(?<clear>${CLEAR_WORDS})|${VAGUE_WORDS})(?:(?<link>${LINK})|${GAP})(?<value>${RATIO}|${PIXELS}|${PRESET})${ENDS}` +
		`|${STARTS}(?<before>${RATIO}|${PIXELS})${ENDS}(?:${WORDS_AFTER})${NOT_SCALE}`,
	"gi",
);
const BARE = new RegExp(
	`${STARTS}(?:[1-9]\\d? ?: ?[1-9]\\d?|\\d{3,4} ?[x*] ?\\d{3,4}(?: ?(?:px|pixels?|像素))?)${ENDS}`,
	"gi",
);
const MIN_BARE_SIDE_PX = 256;
/** Each is a copy of the text; who writes more of them writes about sizes. */
const MAX_DIRECTIVES = 16;
const LINKS = /[a-z][a-z0-9+.-]{1,15}:\/\/[\x21-\x7e]+|data:[a-z]{1,20}\/[\x21-\x7e]+/gi;

interface Found {
	readonly from: number;
	readonly to: number;
	readonly size: Size;
}

/**
 * Takes a size directive out of a chat message, in English or Chinese; everything else stays as it is, to the byte.
 *
 * - With a keyword (`size: 9:16`, `比例16:9`, `--ar 3:4`, `16:9比例`): cut wherever it stands; of several the last one counts.
 * - Without one: `16:9` or `1024x1024` is taken only if it is the text's only candidate, that is, a ratio of KNOWN_RATIOS with
 *   a colon, or pixels from 256 on. Pixels may stand anywhere. A ratio has to begin or end the text or a line, or to
 *   stand between Chinese characters or punctuation, and not beside a word of scores, verses, clocks or scales.
 * - Links are never looked into. A directive that makes no sense (`size: big`) stays in the prompt.
 * - With it go the brackets around it, a 的 that ties it to a noun, and one of the separators that would meet at the cut.
 */
export function extractSize(prose: string): { readonly prompt: string; readonly size: Size | null } {
	const text = fold(prose.replace(LINKS, (link) => "_".repeat(link.length)));
	if (!/\d/.test(text)) return { prompt: prose, size: null };
	const directives = findDirectives(text);
	const found = directives.length > 0 ? directives.slice(-MAX_DIRECTIVES) : findBare(text);
	return {
		prompt: found.reduceRight((rest, { from, to }) => cut(rest, from, to), prose),
		size: found.at(-1)?.size ?? null,
	};
}

function findDirectives(text: string): readonly Found[] {
	return [...text.matchAll(DIRECTIVE)].flatMap((match) => {
		const { clear, link, value, before } = match.groups ?? {};
		const size = parseSize(value ?? before ?? "");
		const vague = clear === undefined && link === undefined;
		if (!size || (vague && size.kind === "ratio" && isDoubtful(size, value ?? before ?? ""))) return [];
		return [{ from: match.index, to: match.index + match[0].length, size }];
	});
}

/** `size 9/10` are boots, and 比例 1:12 is a model's scale. */
function isDoubtful({ width, height }: { width: number; height: number }, text: string): boolean {
	return !isKnownRatio(`${width}:${height}`) && (text.includes("/") || Math.min(width, height) === 1);
}

function findBare(text: string): readonly Found[] {
	const candidates = [...text.matchAll(BARE)].flatMap((match): readonly Found[] => {
		const size = parseSize(match[0]);
		const from = match.index;
		const to = from + match[0].length;
		if (size?.kind === "pixels")
			return Math.min(size.width, size.height) < MIN_BARE_SIDE_PX ? [] : [{ from, to, size }];
		return size?.kind === "ratio" && isKnownRatio(`${size.width}:${size.height}`) ? [{ from, to, size }] : [];
	});
	const [only] = candidates;
	return only && candidates.length === 1 && standsApart(text, only) ? [only] : [];
}

const NEIGHBOURHOOD = 40;
const CJK = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}`;
const WORD_ENDS = new RegExp(String.raw`(?![${CJK}])[\p{L}\p{N}_]$`, "u");
const WORD_BEGINS = new RegExp(`^(?![${CJK}])[\\p{L}\\p{N}_]`, "u");

const SCORES_BEFORE =
	/\b(?:scor(?:e[sd]?|ing)|w[io]ns?|winning|lost|los(?:es?|ing)|lead(?:s|ing)?|led|beat(?:s|ing)?|defeat(?:s|ed)?|match|vs|versus|odds|chapter|verse|bible|scale|mix(?:ed|ture)?)\b[^\n,.;!?]*$|\b(?:psalms?|genesis|exodus|proverbs|isaiah|matthew|mark|luke|john|acts|romans|corinthians|hebrews|revelation|by)[ :]{0,2}$|(?:比分|比数|得分|总分|分数|赔率|第[^，,\n]{1,6}[章节篇回]|福音|诗篇|箴言|创世记|混合|配比|缩放|缩小|领先|落后|[战打踢]成|[胜负赢输以])[为是:]{0,2} ?$/i;
const SCORES_AFTER =
	/^ ?(?:(?:odds|win|victory|defeat|loss|lead|score|mix|mixture|scale)\b|(?:的?(?:比例|比分|战绩|混合|缩放|复刻|还原|模型|手办|真人)|获胜|取胜|战胜|击败|大胜|险胜|[胜负]|领先|落后|逆转|稀释|调配|兑|等比|实物))/i;
const CLOCK_BEFORE =
	/\b(?:at|by|from|until|till|before|after|around|since|time|clock)[ :]{0,2}$|(?:时间|早上|早晨|清晨|上午|中午|下午|傍晚|晚上|夜里|凌晨|时钟)[为是:]{0,2} ?$/i;
const CLOCK_AFTER = /^ ?(?:[ap]\.?m\b|on the clock|o'clock|分)/i;

function standsApart(text: string, { from, to, size }: Found): boolean {
	const before = text.slice(Math.max(0, from - NEIGHBOURHOOD), from);
	const after = text.slice(to, to + NEIGHBOURHOOD);
	if (WORD_ENDS.test(before) || WORD_BEGINS.test(after)) return false;
	if (size.kind === "pixels") return true;
	if (SCORES_BEFORE.test(before) || SCORES_AFTER.test(after)) return false;
	if (size.kind === "ratio" && size.height >= 10 && (CLOCK_BEFORE.test(before) || CLOCK_AFTER.test(after)))
		return false;
	const left = before.replace(/[ \t]+$/, "");
	const right = after.trimStart() === "" ? "" : after.replace(/^[ \t]+/, "");
	if (/(?:^|\n)$/.test(left) || /^(?:\r?\n|[.!?。]?\s*$)/.test(right)) return true;
	return !WORD_ENDS.test(left) && !WORD_BEGINS.test(right);
}

const OPENING = "([{（【《「";
const CLOSING = ")]}）】》」";
function isBlank(char: string | undefined): boolean {
	return char === " " || char === "\t" || char === "\u3000";
}

/** Cuts `from`–`to` out of the text, and tidies the separators that meet at the cut. */
function cut(text: string, from: number, to: number): string {
	const [begin, end] = widen(text, from, to);
	const left = separatorBefore(text, begin);
	const right = separatorAfter(text, end);
	const [head, tail] = [text.slice(0, begin - left.length), text.slice(end + right.length)];
	const lineBegins = head === "" || head.endsWith("\n");
	const lineEnds = tail === "" || /^\r?\n/.test(tail);
	if (lineBegins && lineEnds) return head === "" ? tail.replace(/^\r?\n/, "") : head.replace(/\r?\n$/, "") + tail;
	if (lineBegins || OPENING.includes(head.slice(-1))) return head + tail;
	if (lineEnds) return head + (isStop(left) ? left : isBlank(right.trim() || " ") ? "" : right).trimEnd() + tail;
	if (CLOSING.includes(tail.slice(0, 1))) return head + tail;
	return head + (weight(left) >= weight(right) ? left : right) + tail;
}

function widen(text: string, from: number, to: number): readonly [number, number] {
	const particle = /^ ?的(?![士确])/.exec(text.slice(to, to + 3));
	const end = particle ? to + particle[0].length : to;
	const bracket = OPENING.indexOf(text.charAt(from - 1) || " ");
	return bracket >= 0 && text.charAt(end) === CLOSING.charAt(bracket) ? [from - 1, end + 1] : [from, end];
}

function separatorBefore(text: string, end: number): string {
	let start = end;
	while (isBlank(text[start - 1])) start--;
	if (/[,，、;；|.。!！?？]/.test(text.charAt(start - 1))) start--;
	while (isBlank(text[start - 1])) start--;
	return text.slice(start, end);
}

function separatorAfter(text: string, start: number): string {
	let end = start;
	while (isBlank(text[end])) end++;
	if (/[,，、;；|.。!！?？:：]/.test(text.charAt(end))) end++;
	while (isBlank(text[end])) end++;
	return text.slice(start, end);
}

function isStop(separator: string): boolean {
	return /[.。!！?？]/.test(separator);
}
function weight(separator: string): number {
	return isStop(separator) ? 3 : separator.trim() !== "" ? 2 : separator.length > 0 ? 1 : 0;
}
