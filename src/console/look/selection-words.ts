/** The words of selecting, and of what is done with all that is selected. */

import { say } from "../words.ts";

const en = {
	selected: (count: number) => `${count} selected`,
	selectAll: "Select all",
	allLoaded: (count: number) => `All ${count} loaded are selected`,
	selectRest: "Load and select the rest",
	gathering: (count: number) => `${count} selected, loading more`,
	mostSelected: (count: number) => `No more than ${count} are selected at once.`,
	notGathered: "The rest could not be loaded.",
	stop: "Stop",
	selectNone: "Clear the selection",
	selection: "Selection",
	zip: "ZIP",
	zipHint: (pictures: number) =>
		pictures === 1 ? "Download 1 picture as a ZIP" : `Download ${pictures} pictures as a ZIP`,
	zipping: (done: number, total: number, size: string) => `${done} of ${total} pictures, ${size}`,
	zipSaved: (count: number) => (count === 1 ? "The ZIP has 1 picture." : `The ZIP has ${count} pictures.`),
	zipLost: (count: number) =>
		count === 1 ? "1 picture could not be fetched" : `${count} pictures could not be fetched`,
	zipLostHint: "The ZIP does not have:",
	zipFailed: "The ZIP could not be written.",
	zipTooLarge: (size: string) =>
		`This browser puts a ZIP together in memory, ${size} at most. Select fewer pictures, or use Chrome or Edge.`,
	cancel: "Cancel",
	compare: "Compare",
	delete: "Delete",
	deleteTitle: (jobs: number) => (jobs === 1 ? "Delete this job?" : `Delete ${jobs} jobs?`),
	deleteText: (jobs: number, pictures: number) =>
		`${jobs === 1 ? "It goes" : "They go"} for good${pictures === 0 ? "" : pictures === 1 ? ", with 1 picture" : `, with ${pictures} pictures`}. Links to ${jobs === 1 ? "it" : "them"} stop working. What was charged stays charged.`,
	deleteRunning: (count: number) =>
		count === 1 ? "One of them still runs, and is cancelled." : `${count} of them still run, and are cancelled.`,
	deleteOneRunning: "It still runs, and is cancelled.",
	deleting: (done: number, total: number) => `Deleted ${done} of ${total}`,
	deleted: (count: number) => (count === 1 ? "Deleted." : `Deleted ${count} jobs.`),
	notDeleted: (count: number) =>
		count === 1 ? "One job could not be deleted." : `${count} jobs could not be deleted.`,
};

const zh: typeof en = {
	selected: (count) => `已选 ${count} 个`,
	selectAll: "全选",
	allLoaded: (count) => `已选中已加载的 ${count} 个`,
	selectRest: "加载并选中其余任务",
	gathering: (count) => `已选 ${count} 个，继续加载中`,
	mostSelected: (count) => `一次最多选择 ${count} 个。`,
	notGathered: "其余任务加载失败。",
	stop: "停止",
	selectNone: "取消选择",
	selection: "已选内容",
	zip: "打包下载",
	zipHint: (pictures) => `将 ${pictures} 张图片打包为 ZIP 下载`,
	zipping: (done, total, size) => `${done} / ${total} 张，${size}`,
	zipSaved: (count) => `已打包 ${count} 张图片。`,
	zipLost: (count) => `有 ${count} 张图片无法获取`,
	zipLostHint: "没有放进 ZIP：",
	zipFailed: "ZIP 写入失败。",
	zipTooLarge: (size) => `这个浏览器只能在内存中打包，最大 ${size}。请减少选择，或改用 Chrome 或 Edge。`,
	cancel: "取消",
	compare: "对比",
	delete: "删除",
	deleteTitle: (jobs) => `删除 ${jobs} 个任务？`,
	deleteText: (_, pictures) =>
		`${pictures === 0 ? "任务" : `任务和其中的 ${pictures} 张图片`}将永久删除，相关链接随之失效。已产生的费用不会退回。`,
	deleteRunning: (count) => `其中 ${count} 个仍在进行，会被取消。`,
	deleteOneRunning: "该任务仍在进行，会被取消。",
	deleting: (done, total) => `已删除 ${done} / ${total} 个`,
	deleted: (count) => `已删除 ${count} 个任务。`,
	notDeleted: (count) => `有 ${count} 个任务未能删除。`,
};

export const words = say({ en, zh });
