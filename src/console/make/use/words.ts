/** The words about what other rooms put into the composer. */

import { say } from "../../words.ts";

const en = {
	switched: (model: string) => `${model} edits pictures, so it is chosen now.`,
	sentAgain: "Sent again.",
	notLoaded: "The job could not be loaded.",
	inputsNotLoaded: "A picture that it was drawn from could not be loaded, so nothing was sent.",
	maskElsewhere: "The mask of that job is a link to another host, which this page cannot read, so nothing was sent.",
};

const zh: typeof en = {
	switched: (model) => `已换成可以改图的 ${model}。`,
	sentAgain: "已重新生成。",
	notLoaded: "任务加载失败。",
	inputsNotLoaded: "参考图加载失败，任务没有发出。",
	maskElsewhere: "遮罩是外部链接，本页无法读取，任务没有发出。",
};

export const words = say({ en, zh });
