/** The words of the shared pieces. */

import { say } from "../words.ts";

const en = {
	close: "Close",
	cancel: "Cancel",
	copy: "Copy",
	copied: "Copied",
	dismiss: "Dismiss",
	loading: "Loading",
};

const zh: typeof en = {
	close: "关闭",
	cancel: "取消",
	copy: "复制",
	copied: "已复制",
	dismiss: "知道了",
	loading: "加载中",
};

export const words = say({ en, zh });
