/** The words of the shared pieces. */

import { say } from "../words.ts";

const en = {
	close: "Close",
	cancel: "Cancel",
	copy: "Copy",
	copied: "Copied",
	notCopied: "Not copied",
	dismiss: "Dismiss",
	loading: "Loading",
	retry: "Try again",
	unreachable: "The gateway does not answer. Check your connection, and try again.",
	refused: (status: number) => `The gateway refused, with status ${status}.`,
};

const zh: typeof en = {
	close: "关闭",
	cancel: "取消",
	copy: "复制",
	copied: "已复制",
	notCopied: "复制失败",
	dismiss: "知道了",
	loading: "加载中",
	retry: "重试",
	unreachable: "网关没有响应。请检查网络后重试。",
	refused: (status) => `网关拒绝了请求，状态码 ${status}。`,
};

export const words = say({ en, zh });
