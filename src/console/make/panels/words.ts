/** The words of the composer's panels. */

import { formatNumber, formatUsd, say } from "../../words.ts";
import type { PriceRange } from "../models.ts";
import type { PixelFault } from "../sizes.ts";
import type { FalFault } from "./fal-fault.ts";

const px = (pixels: number) => formatNumber(pixels / 1_000_000, 1);

const en = {
	searchModel: "Search, or type a fal model ID",
	modelsFailed: "The models could not be loaded.",
	retry: "Try again",
	noModel: "No model has this name.",
	useId: (id: string) => `Use ${id}`,
	lookingUp: "Looking it up…",
	edits: "Edits pictures",
	needsPicture: "Needs a picture",
	retired: (successor: string | null) =>
		successor === null ? "Retired by fal" : `Retired by fal: ${successor} draws instead`,
	unpriced: "Price unknown",
	price: ({ least, most, per }: PriceRange) =>
		`${least === most ? formatUsd(least) : `${formatUsd(least)}–${formatUsd(most).slice(1)}`}${per === "image" ? "" : " / MP"}`,
	shape: "Shape",
	autoHint: "The model chooses, or the size in your prompt counts",
	autoEdit: "As the picture that is edited",
	level: "Resolution",
	custom: "Custom size",
	width: "Width",
	height: "Height",
	swap: "Swap width and height",
	useSize: "Use this size",
	unknownSizes: "The sizes of this model are not known. It may draw another one.",
	bounds: (min: number, max: number, multiple: number) => `${min} to ${max} px, in steps of ${multiple}`,
	pixelFault: (fault: PixelFault) => {
		switch (fault.kind) {
			case "side":
				return `Each side must have ${fault.min} to ${fault.max} px.`;
			case "multiple":
				return `Each side must be a multiple of ${fault.multiple}.`;
			case "area":
				return fault.max === null
					? `The picture must have at least ${px(fault.min)} megapixels.`
					: `The picture must have ${px(fault.min)} to ${px(fault.max)} megapixels.`;
			case "elongation":
				return `No shape may be longer than ${fault.max}:1.`;
		}
	},
	quality: "Quality",
	format: "Format",
	background: "Background",
	seedHint: "The same seed, prompt and settings draw the same picture again. Leave it empty for a random one.",
	newSeed: "New seed",
	clearSeed: "No seed",
	advanced: "Advanced",
	negativeHint: "What must not be in the picture.",
	fidelity: "Input fidelity",
	fidelityHint: "How closely the edit keeps faces and details of your pictures.",
	falHint: "Inputs of the model's own, as a JSON object. They win over the settings above.",
	falFault: ({ isJson, at }: FalFault) =>
		isJson
			? 'This is no JSON object, such as {"guidance_scale": 4}.'
			: `This is no JSON${at === null ? "" : `: look at line ${at.line}, column ${at.column}`}.`,
	falNames: (names: readonly string[]) => `This model has: ${names.join(", ")}.`,
	nothingElse: "This model has no other settings.",
};

const zh: typeof en = {
	searchModel: "搜索，或输入 fal 的模型 ID",
	modelsFailed: "模型列表加载失败。",
	retry: "重试",
	noModel: "没有找到这个模型。",
	useId: (id) => `使用 ${id}`,
	lookingUp: "正在查找…",
	edits: "可改图",
	needsPicture: "需要图片",
	retired: (successor) => (successor === null ? "fal 已下线" : `fal 已下线，由 ${successor} 代替`),
	unpriced: "价格未知",
	price: ({ least, most, per }) =>
		`${least === most ? formatUsd(least) : `${formatUsd(least)}–${formatUsd(most).slice(1)}`}${per === "image" ? "" : " / 百万像素"}`,
	shape: "比例",
	autoHint: "由模型决定；提示词里写了尺寸时以提示词为准",
	autoEdit: "与原图一致",
	level: "分辨率",
	custom: "自定义",
	width: "宽",
	height: "高",
	swap: "交换宽高",
	useSize: "使用这个尺寸",
	unknownSizes: "不清楚这个模型支持哪些尺寸，实际尺寸可能不同。",
	bounds: (min, max, multiple) => `${min}–${max} 像素，${multiple} 的倍数`,
	pixelFault: (fault) => {
		switch (fault.kind) {
			case "side":
				return `每边 ${fault.min}–${fault.max} 像素。`;
			case "multiple":
				return `每边须是 ${fault.multiple} 的倍数。`;
			case "area":
				return fault.max === null
					? `总像素不能少于 ${px(fault.min)} 百万。`
					: `总像素须在 ${px(fault.min)}–${px(fault.max)} 百万之间。`;
			case "elongation":
				return `长宽比不能超过 ${fault.max}:1。`;
		}
	},
	quality: "质量",
	format: "格式",
	background: "背景",
	seedHint: "种子、提示词和设置都相同时，会生成同一张图。留空则随机。",
	newSeed: "换一个种子",
	clearSeed: "不用种子",
	advanced: "高级",
	negativeHint: "画面中不应出现的内容。",
	fidelity: "原图保真度",
	fidelityHint: "改图时保留原图人脸和细节的程度。",
	falHint: "模型自有的参数，写成 JSON 对象，优先于上面的设置。",
	falFault: ({ isJson, at }) =>
		isJson
			? '应是 JSON 对象，例如 {"guidance_scale": 4}。'
			: `不是有效的 JSON${at === null ? "" : `，请检查第 ${at.line} 行第 ${at.column} 列`}。`,
	falNames: (names) => `这个模型支持：${names.join("、")}。`,
	nothingElse: "这个模型没有其他设置。",
};

export const words = say({ en, zh });
