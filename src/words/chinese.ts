/** Words of answers in Chinese. */

import type { Edited, Words } from "./words.ts";

export const CHINESE: Words = {
	help: `请描述想画的内容，例如：“雪地里的一只红狐，水彩，16:9”。

尺寸可以直接写在描述里，例如 \`16:9\`、\`比例 3:4\`、\`size:9:16\` 或 \`1024x1024\`。`,
	noRoom: "Darkroom 运行正常。该请求的输出 token 上限太小，放不下图片：请调大 `max_tokens`，或不设置它。",
	noJson: "图片不是 JSON。需要图片时，请去掉 `response_format` 或 `text.format`。",
	progress: {
		busy: (status, seconds) => `fal 繁忙${status === null ? "" : `（${status}）`}，${seconds} 秒后重试`,
		rerouted: (from, to) => `fal 已下线 ${from}，改用 ${to}`,
		answerLost: "与 fal 的连接中断，正在确认它是否收到请求",
		queued: (ahead) => (ahead === null ? "排队中" : ahead === 0 ? "排队中，即将开始" : `排队中，前面还有 ${ahead} 个`),
		editing: (edited) => `正在${by(edited)}编辑${named(edited)}`,
		generating: "正在生成",
		generatingPercent: (percent) => `正在生成，${percent}%`,
		generatingSeconds: (seconds) => `正在生成，已用 ${seconds} 秒`,
		storing: (pictures) => (pictures === 1 ? "正在取回图片" : `正在取回 ${pictures} 张图片`),
		givingUp: "耗时过长，放弃生成",
		cancelling: "正在取消",
	},
	notes: {
		black: (pictures) => `有 ${pictures} 张图片被模型的安全检查涂黑。`,
		lost: (pictures) => `有 ${pictures} 张图片未能从 fal 取回。`,
		late: (pictures) => `有 ${pictures} 张图片暂时未能从 fal 取回，稍后取到会保存在任务中。`,
		unmade: (pictures, why) => `有 ${pictures} 张图片未能生成：${why}`,
	},
	edited: (edited, quoted) => `已${by(edited)}编辑${named(edited)}：“${quoted}”`,
	whatToChange: "请说明要怎样修改这张图片，例如：“改成夜晚”。",
};

function named({ whose, pictures }: Edited): string {
	if (whose === "last") return "上一张图片";
	if (whose === "named") return pictures === 1 ? "你指定的图片" : `你指定的 ${pictures} 张图片`;
	return pictures === 1 ? "所附图片" : `所附的 ${pictures} 张图片`;
}

function by({ drawnBy }: Edited): string {
	return drawnBy === null ? "" : `用 ${drawnBy} `;
}
