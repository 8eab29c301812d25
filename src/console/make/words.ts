/** The words of the composer. */

import { formatNumber, formatUsd, say } from "../words.ts";
import type { Choice } from "./draft.ts";
import type { PriceRange } from "./models.ts";
import type { Obstacle } from "./operation.ts";
import type { PixelFault } from "./sizes.ts";

const px = (pixels: number) => formatNumber(pixels / 1_000_000, 1);

const en = {
	composer: "Make a picture",
	prompt: "What to draw",
	placeholder: "Describe a picture…",
	placeholderEdit: "Describe what to change…",
	placeholderNone: "This model needs no words",
	make: "Make",
	model: "Model",
	modelLabel: (id: string) => `Model: ${id}`,
	searchModel: "Search, or type an id of fal's",
	modelsFailed: "The models could not be loaded.",
	modelsLoading: "Loading the models…",
	retry: "Try again",
	noModel: "No model has this name.",
	useId: (id: string) => `Use ${id}`,
	lookingUp: "Looking it up…",
	edits: "Edits pictures",
	needsPicture: "Needs a picture",
	retired: (successor: string | null) => (successor === null ? "Gone at fal" : `Gone at fal: ${successor} draws`),
	unpriced: "No price known",
	price: ({ least, most, per }: PriceRange) =>
		`${least === most ? formatUsd(least) : `${formatUsd(least)}–${formatUsd(most).slice(1)}`}${per === "image" ? "" : " / MP"}`,
	size: "Size",
	sizeLabel: (size: string) => `Size: ${size}`,
	shape: "Shape",
	auto: "Auto",
	autoHint: "The model chooses, or the size in your words counts.",
	autoEdit: "As the picture that is edited.",
	level: "Resolution",
	custom: "Own size",
	width: "Width",
	height: "Height",
	swap: "Swap width and height",
	useSize: "Use this size",
	unknownSizes: "Nobody has told which sizes this model takes. It may draw another one.",
	bounds: (min: number, max: number, multiple: number) => `${min} to ${max} px, in steps of ${multiple}`,
	pixelFault: (fault: PixelFault) => {
		switch (fault.kind) {
			case "side":
				return `Each side has ${fault.min} to ${fault.max} px.`;
			case "multiple":
				return `Each side is a multiple of ${fault.multiple}.`;
			case "area":
				return fault.max === null
					? `The picture has at least ${px(fault.min)} megapixels.`
					: `The picture has ${px(fault.min)} to ${px(fault.max)} megapixels.`;
			case "elongation":
				return `No shape is longer than ${fault.max}:1.`;
		}
	},
	willBe: (size: string) => `Will be ${size}`,
	willBeShape: (ratio: string) => `Will have the shape ${ratio}`,
	willBeAuto: "The model chooses the size",
	drawnBy: (model: string) => `drawn by ${model}`,
	count: "Pictures",
	countLabel: (n: number) => (n === 1 ? "1 picture" : `${n} pictures`),
	more: "More settings",
	moreLabel: (set: string) => (set === "" ? "More settings" : `More settings: ${set}`),
	quality: "Quality",
	qualities: { low: "Low", medium: "Medium", high: "High" } as Readonly<Record<string, string>>,
	format: "Format",
	background: "Background",
	backgrounds: { transparent: "Transparent", opaque: "Opaque" } as Readonly<Record<string, string>>,
	seed: "Seed",
	seedHint: "The same seed, words and settings draw the same picture again. Empty: by chance.",
	seedFault: "A seed is a whole number.",
	newSeed: "New seed",
	clearSeed: "No seed",
	cost: (usd: string) => `About ${usd}`,
	costAtMost: (usd: string) => `At most ${usd}: the price is not known`,
	costOf: (n: number, each: string) => `${n} × ${each}`,
	limit: "Your limit",
	choices: {
		size: "size",
		resolution: "resolution",
		n: "count",
		quality: "quality",
		outputFormat: "format",
		background: "background",
		seed: "seed",
	} satisfies Record<Choice, string>,
	dropped: (model: string, names: readonly string[]) => `${model} has no such setting: ${names.join(", ")}.`,
	modelIsGone: (model: string) => `${model} is not offered here.`,
	switched: (model: string) => `${model} edits pictures, so it is chosen now.`,
	sentAgain: "Sent again.",
	notLoaded: "The job could not be loaded.",
	obstacle: (why: Obstacle): string => {
		switch (why.kind) {
			case "prompt_missing":
				return "Say what to draw.";
			case "picture_missing":
				return "This model needs a picture: add one.";
			case "size_missing":
				return "This model needs a size: choose one.";
			case "takes_no_pictures":
				return "This model takes no pictures.";
			case "takes_no_mask":
				return "This model takes no mask.";
			case "too_many_pictures":
				return `This model takes ${why.max === 1 ? "one picture" : `${why.max} pictures`} at most.`;
			case "prompt_too_long":
				return `The words have ${formatNumber(why.length)} characters: this model takes ${formatNumber(why.max)}.`;
		}
	},
	unreachable: "The gateway does not answer.",
};

const zh: typeof en = {
	composer: "生成图片",
	prompt: "画面描述",
	placeholder: "描述你想要的画面…",
	placeholderEdit: "描述要怎么改…",
	placeholderNone: "这个模型不需要文字",
	make: "生成",
	model: "模型",
	modelLabel: (id) => `模型：${id}`,
	searchModel: "搜索，或输入 fal 的模型 ID",
	modelsFailed: "模型列表加载失败。",
	modelsLoading: "正在加载模型…",
	retry: "重试",
	noModel: "没有叫这个名字的模型。",
	useId: (id) => `使用 ${id}`,
	lookingUp: "正在查找…",
	edits: "可改图",
	needsPicture: "需要图片",
	retired: (successor) => (successor === null ? "fal 已下线" : `fal 已下线，由 ${successor} 代替`),
	unpriced: "价格未知",
	price: ({ least, most, per }) =>
		`${least === most ? formatUsd(least) : `${formatUsd(least)}–${formatUsd(most).slice(1)}`}${per === "image" ? "" : " / 百万像素"}`,
	size: "尺寸",
	sizeLabel: (size) => `尺寸：${size}`,
	shape: "比例",
	auto: "自动",
	autoHint: "由模型决定；描述里写了尺寸就按描述。",
	autoEdit: "与原图一致。",
	level: "分辨率",
	custom: "自定义",
	width: "宽",
	height: "高",
	swap: "交换宽高",
	useSize: "使用这个尺寸",
	unknownSizes: "没有这个模型的尺寸说明，实际尺寸可能不同。",
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
	willBe: (size) => `实际输出 ${size}`,
	willBeShape: (ratio) => `实际比例 ${ratio}`,
	willBeAuto: "尺寸由模型决定",
	drawnBy: (model) => `由 ${model} 绘制`,
	count: "张数",
	countLabel: (n) => `${n} 张`,
	more: "更多设置",
	moreLabel: (set) => (set === "" ? "更多设置" : `更多设置：${set}`),
	quality: "质量",
	qualities: { low: "低", medium: "中", high: "高" },
	format: "格式",
	background: "背景",
	backgrounds: { transparent: "透明", opaque: "不透明" },
	seed: "种子",
	seedHint: "种子、描述和设置都相同，就会画出同一张图。留空则随机。",
	seedFault: "种子须是整数。",
	newSeed: "换一个种子",
	clearSeed: "不用种子",
	cost: (usd) => `约 ${usd}`,
	costAtMost: (usd) => `最多 ${usd}（价格未知）`,
	costOf: (n, each) => `${n} × ${each}`,
	limit: "额度限制",
	choices: {
		size: "尺寸",
		resolution: "分辨率",
		n: "张数",
		quality: "质量",
		outputFormat: "格式",
		background: "背景",
		seed: "种子",
	},
	dropped: (model, names) => `${model} 不支持：${names.join("、")}。`,
	modelIsGone: (model) => `这里不提供 ${model}。`,
	switched: (model) => `已换成可以改图的 ${model}。`,
	sentAgain: "已重新生成。",
	notLoaded: "任务加载失败。",
	obstacle: (why) => {
		switch (why.kind) {
			case "prompt_missing":
				return "先写点描述吧。";
			case "picture_missing":
				return "这个模型需要图片，请先添加。";
			case "size_missing":
				return "这个模型需要指定尺寸。";
			case "takes_no_pictures":
				return "这个模型不能用参考图。";
			case "takes_no_mask":
				return "这个模型不支持遮罩。";
			case "too_many_pictures":
				return `这个模型最多 ${why.max} 张参考图。`;
			case "prompt_too_long":
				return `描述有 ${formatNumber(why.length)} 个字符，这个模型最多 ${formatNumber(why.max)} 个。`;
		}
	},
	unreachable: "网关没有响应。",
};

export const words = say({ en, zh });
