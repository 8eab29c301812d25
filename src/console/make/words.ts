/** The words of the composer. Those of its panels come with them. */

import { formatNumber, say } from "../words.ts";
import type { Choice } from "./draft.ts";
import type { Obstacle } from "./operation.ts";

const en = {
	composer: "Generate a picture",
	prompt: "What to draw",
	placeholder: "Describe a picture…",
	placeholderEdit: "Describe what to change…",
	placeholderNone: "This model needs no prompt",
	make: "Generate",
	model: "Model",
	modelLabel: (id: string) => `Model: ${id}`,
	modelsLoading: "Loading the models…",
	size: "Size",
	sizeLabel: (size: string) => `Size: ${size}`,
	auto: "Auto",
	willBe: (size: string) => `Will be ${size}`,
	willBeShape: (ratio: string) => `Will have the shape ${ratio}`,
	willBeAuto: "The model chooses the size",
	willBeInput: "Will have the shape of the first picture",
	otherShape: "Not the picture's shape",
	drawnBy: (model: string | null) => `, drawn by ${model}`,
	count: "Pictures",
	countLabel: (n: number) => `× ${n}`,
	more: "More settings",
	moreLabel: (set: string) => (set === "" ? "More settings" : `More settings: ${set}`),
	qualities: { low: "Low", medium: "Medium", high: "High" } as Readonly<Record<string, string>>,
	backgrounds: { transparent: "Transparent", opaque: "Opaque" } as Readonly<Record<string, string>>,
	seed: "Seed",
	fidelity: (level: string) => `Fidelity: ${level}`,
	negativePrompt: "Negative prompt",
	furtherInputs: "Model inputs",
	cost: (usd: string) => `About ${usd}`,
	costAtMost: (usd: string) => `At most ${usd} (price unknown)`,
	costOf: (n: number, each: string) => `${n} × ${each}`,
	choices: {
		size: "size",
		resolution: "resolution",
		n: "count",
		quality: "quality",
		outputFormat: "format",
		background: "background",
		seed: "seed",
		negativePrompt: "negative prompt",
		inputFidelity: "input fidelity",
		fal: "model inputs",
	} satisfies Record<Choice, string>,
	dropped: (model: string, names: readonly string[]) => `${model} has no such setting: ${names.join(", ")}.`,
	unsent: (model: string, names: readonly string[]) =>
		`${model} edits without this setting: ${names.join(", ")}. It comes back when the pictures go.`,
	modelIsGone: (model: string) => `${model} is not available here.`,
	obstacle: (why: Obstacle): string => {
		switch (why.kind) {
			case "prompt_missing":
				return "Say what to draw.";
			case "picture_missing":
				return "This model needs a picture: add one.";
			case "pictures_arriving":
				return "A picture is still being read. Try again when it is there.";
			case "size_missing":
				return "This model needs a size: choose one.";
			case "takes_no_pictures":
				return "This model takes no pictures.";
			case "takes_no_mask":
				return "This model takes no mask.";
			case "too_many_pictures":
				return `This model takes ${why.max === 1 ? "one picture" : `${why.max} pictures`} at most.`;
			case "prompt_too_long":
				return `The prompt has ${formatNumber(why.length)} characters. This model takes ${formatNumber(why.max)}.`;
			case "fal_unreadable":
				return "The model inputs are no JSON object.";
		}
	},
	unreachable: "The gateway does not answer.",
};

const zh: typeof en = {
	composer: "生成图片",
	prompt: "提示词",
	placeholder: "描述你想要的画面…",
	placeholderEdit: "描述要怎么改…",
	placeholderNone: "这个模型不需要提示词",
	make: "生成",
	model: "模型",
	modelLabel: (id) => `模型：${id}`,
	modelsLoading: "正在加载模型…",
	size: "尺寸",
	sizeLabel: (size) => `尺寸：${size}`,
	auto: "自动",
	willBe: (size) => `实际输出 ${size}`,
	willBeShape: (ratio) => `实际比例 ${ratio}`,
	willBeAuto: "尺寸由模型决定",
	willBeInput: "与第一张图片比例一致",
	otherShape: "与原图比例不同",
	drawnBy: (model) => `，由 ${model} 绘制`,
	count: "张数",
	countLabel: (n) => `${n} 张`,
	more: "更多设置",
	moreLabel: (set) => (set === "" ? "更多设置" : `更多设置：${set}`),
	qualities: { low: "低", medium: "中", high: "高" },
	backgrounds: { transparent: "透明", opaque: "不透明" },
	seed: "种子",
	fidelity: (level) => `保真度：${level}`,
	negativePrompt: "反向提示词",
	furtherInputs: "模型参数",
	cost: (usd) => `约 ${usd}`,
	costAtMost: (usd) => `最多 ${usd}（价格未知）`,
	costOf: (n, each) => `${n} × ${each}`,
	choices: {
		size: "尺寸",
		resolution: "分辨率",
		n: "张数",
		quality: "质量",
		outputFormat: "格式",
		background: "背景",
		seed: "种子",
		negativePrompt: "反向提示词",
		inputFidelity: "原图保真度",
		fal: "模型参数",
	},
	dropped: (model, names) => `${model} 不支持：${names.join("、")}。`,
	unsent: (model, names) => `${model} 改图时不支持：${names.join("、")}。移除参考图后会恢复。`,
	modelIsGone: (model) => `这里不提供 ${model}。`,
	obstacle: (why) => {
		switch (why.kind) {
			case "prompt_missing":
				return "请先写提示词。";
			case "picture_missing":
				return "这个模型需要图片，请先添加。";
			case "pictures_arriving":
				return "参考图还在读取，请稍后再试。";
			case "size_missing":
				return "这个模型需要指定尺寸。";
			case "takes_no_pictures":
				return "这个模型不能用参考图。";
			case "takes_no_mask":
				return "这个模型不支持遮罩。";
			case "too_many_pictures":
				return `这个模型最多 ${why.max} 张参考图。`;
			case "prompt_too_long":
				return `提示词有 ${formatNumber(why.length)} 个字符，这个模型最多 ${formatNumber(why.max)} 个。`;
			case "fal_unreadable":
				return "模型参数不是 JSON 对象。";
		}
	},
	unreachable: "网关没有响应。",
};

export const words = say({ en, zh });
