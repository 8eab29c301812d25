/** The words of the gallery. */

import { say } from "../words.ts";

const en = {
	gallery: "Everything that was made",
	loading: "Loading",
	loadingMore: "Loading older jobs",
	allShown: (count: number) => (count === 1 ? "That is the only job." : `That is all: ${count} jobs.`),
	nothingYet: "Nothing here yet",
	nothingYetHint: "Type what you want to see below. It appears here at once, and on your other devices.",
	begin: "Write a prompt",
	nothingMatches: "Nothing matches",
	nothingMatchesHint: "Try other words, or show all again.",
	searchingOn: "Nothing in the newest ones. Searching older ones.",
	clear: "Show all",
	failed: "The list could not be loaded.",
	retry: "Try again",

	filters: "Filters",
	search: "Search the prompts",
	clearSearch: "Clear the search",
	state: "State",
	states: { all: "All", running: "Running", succeeded: "Done", failed: "Failed", cancelled: "Cancelled" },
	model: "Model",
	anyModel: "Any model",
	key: "Key",
	anyKey: "Any key",
	time: "Time",
	times: { all: "Any time", day: "24 hours", week: "7 days", month: "30 days", dates: "Dates…" },
	from: "From",
	to: "To",

	select: (prompt: string) => `Select: ${prompt}`,
};

const zh: typeof en = {
	gallery: "全部作品",
	loading: "加载中",
	loadingMore: "正在加载更早的任务",
	allShown: (count) => `已经到底了，共 ${count} 个任务。`,
	nothingYet: "还没有作品",
	nothingYetHint: "在下方写下想看到的画面。任务会立刻出现在这里，在其他设备上也能看到。",
	begin: "写提示词",
	nothingMatches: "没有符合条件的任务",
	nothingMatchesHint: "换几个词试试，或者显示全部。",
	searchingOn: "最近的任务里没有，正在查找更早的。",
	clear: "显示全部",
	failed: "列表加载失败。",
	retry: "重试",

	filters: "筛选",
	search: "搜索提示词",
	clearSearch: "清除搜索",
	state: "状态",
	states: { all: "全部", running: "进行中", succeeded: "已完成", failed: "失败", cancelled: "已取消" },
	model: "模型",
	anyModel: "所有模型",
	key: "密钥",
	anyKey: "所有密钥",
	time: "时间",
	times: { all: "不限时间", day: "24 小时内", week: "7 天内", month: "30 天内", dates: "指定日期…" },
	from: "从",
	to: "到",

	select: (prompt) => `选择：${prompt}`,
};

export const words = say({ en, zh });
