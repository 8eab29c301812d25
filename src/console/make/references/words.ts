/** The words of the references. */

import { say } from "../../words.ts";
import type { Refusal } from "./list.ts";

/** @param names of the pictures that were refused. @param max as many as the model takes */
type Refuse = (names: readonly string[], max: number) => string;

const refusalsInEnglish: Readonly<Record<Refusal, Refuse>> = {
	empty: (names) => `${english(names)}: empty.`,
	too_large: (names) => `${english(names)}: too large. All pictures together may have 100 MB.`,
	too_many: (names, max) =>
		max === 0
			? "This model draws from words alone. Choose another model to use pictures."
			: `${english(names)}: not added. This model takes ${pictures(max)}.`,
	not_a_picture: (names) =>
		`${english(names)}: not taken, because this browser cannot open it as a picture. PNG, JPEG and WebP always work.`,
	unreachable: (names) => `${english(names)}: could not be loaded.`,
};

const refusalsInChinese: Readonly<Record<Refusal, Refuse>> = {
	empty: (names) => `${chinese(names)}是空文件。`,
	too_large: (names) => `${chinese(names)}太大，所有图片合计不能超过 100 MB。`,
	too_many: (names, max) =>
		max === 0
			? "这个模型只能根据文字生成图片。要使用图片，请换一个模型。"
			: `${chinese(names)}未添加：这个模型最多接受 ${max} 张图片。`,
	not_a_picture: (names) => `${chinese(names)}未添加：浏览器打不开，请使用 PNG、JPEG 或 WebP 图片。`,
	unreachable: (names) => `${chinese(names)}加载失败。`,
};

/** More files are counted. */
const MAX_NAMED = 3;

function english(names: readonly string[]): string {
	const rest = names.length - MAX_NAMED;
	return `${names.slice(0, MAX_NAMED).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

function pictures(count: number): string {
	return count === 1 ? "one picture" : `${count} pictures`;
}

function leftOut(count: number): string {
	return count === 1 ? "the last one is left out" : `the last ${count} are left out`;
}

function chinese(names: readonly string[]): string {
	const named = names.slice(0, MAX_NAMED).map((name) => `“${name}”`);
	return `${named.join("、")}${names.length > MAX_NAMED ? `等 ${names.length} 个文件` : ""}`;
}

const en = {
	references: "Reference pictures",
	reading: (count: number) => (count === 1 ? "Reading a picture" : `Reading ${count} pictures`),
	count: (count: number, max: number) => `${count} of ${max}`,
	place: (name: string, place: number, count: number) => `${name}, ${place} of ${count}`,
	howToSort: "Arrow keys move the picture, Delete removes it.",
	moved: (name: string, place: number, count: number) => `${name} is now ${place} of ${count}.`,
	removed: (name: string) => `${name} was removed.`,
	remove: (name: string) => `Remove ${name}`,
	clear: "Remove all",
	paintMask: "Paint where to edit",
	editMask: "Change the mask",
	removeMask: "Remove the mask",
	hasMask: "Only what the mask covers is drawn anew.",
	takesNoMask: "This model takes no mask.",
	switched: (model: string) => `${model} is chosen now: the model before takes no mask.`,
	use: (model: string) => `Use ${model}`,
	tooLargeForMask: "Masks work for pictures of up to 8,192 pixels a side.",
	maskLost: "The mask of that job cannot be read. Paint it anew.",
	maskFailed: "The mask editor could not be opened. Reload the page, or add the picture again.",
	beyond: (count: number, max: number) =>
		max === 0
			? "This model draws from words alone: the pictures are left out."
			: `This model takes ${pictures(max)}: ${leftOut(count)}.`,
	beyondMasked: (count: number, max: number) => `With a mask, this model takes ${pictures(max)}: ${leftOut(count)}.`,
	made: (job: string, index: number) => `Picture ${index + 1} of job ${job.slice(0, 6)}`,
	input: (index: number) => `Picture ${index + 1}`,
	pasted: "Pasted picture",
	refused: refusalsInEnglish,
};

const zh: typeof en = {
	references: "参考图",
	reading: (count) => `正在读取 ${count} 张图片`,
	count: (count, max) => `共 ${count} 张，最多 ${max} 张`,
	place: (name, place, count) => `${name}，第 ${place} 张，共 ${count} 张`,
	howToSort: "按方向键移动，按 Delete 移除。",
	moved: (name, place, count) => `${name}已移到第 ${place} 张，共 ${count} 张。`,
	removed: (name) => `已移除${name}。`,
	remove: (name) => `移除${name}`,
	clear: "全部移除",
	paintMask: "涂抹要修改的区域",
	editMask: "修改遮罩",
	removeMask: "移除遮罩",
	hasMask: "只重绘遮罩覆盖的部分。",
	takesNoMask: "这个模型不支持遮罩。",
	switched: (model) => `已换用 ${model}：之前的模型不支持遮罩。`,
	use: (model) => `换用 ${model}`,
	tooLargeForMask: "遮罩仅支持边长不超过 8192 像素的图片。",
	maskLost: "无法读取那个任务的遮罩，请重新涂抹。",
	maskFailed: "遮罩编辑器打不开，请刷新页面或重新添加图片。",
	beyondMasked: (count, max) => `使用遮罩时，这个模型最多接受 ${max} 张图片，最后 ${count} 张将被忽略。`,
	beyond: (count, max) =>
		max === 0
			? "这个模型只能根据文字生成图片，参考图将被忽略。"
			: `这个模型最多接受 ${max} 张图片，最后 ${count} 张将被忽略。`,
	made: (job, index) => `任务 ${job.slice(0, 6)} 的第 ${index + 1} 张图片`,
	input: (index) => `第 ${index + 1} 张图片`,
	pasted: "粘贴的图片",
	refused: refusalsInChinese,
};

export const words = say({ en, zh });
