/** The words of signing in. */

import { say } from "../words.ts";

const en = {
	title: "Sign in to Darkroom",
	lead: "Type a prompt, watch the picture come, leave and come back: nothing is lost.",
	key: "Access key",
	keyHint: "It stays in this browser, and is sent to this gateway alone.",
	where: "Use your WORKER_ACCESS_KEY, or a key that the operator gave you. Keys of OpenAI or fal do not work here.",
	show: "Show the key",
	hide: "Hide the key",
	remember: "Remember it on this device",
	rememberHint: "Otherwise it is forgotten when this tab is closed.",
	signIn: "Sign in",
	signingIn: "Signing in",
	wrongKey: "This gateway does not know that key. Check that it is complete, with nothing before or after it.",
	expired: "The key is not valid any more. Sign in with another one.",
	unreachable: "The gateway does not answer. Check your connection, and try again.",
	unready: "This gateway is not ready yet. Its operator has to fix this first:",
	refused: (message: string) => `The gateway refused: ${message}`,
	retry: "Try again",
	baseUrl: "Base URL for clients",
	reference: "API reference",
};

const zh: typeof en = {
	title: "登录 Darkroom",
	lead: "写下提示词，看着图片生成；随时离开，回来时一切都在。",
	key: "访问密钥",
	keyHint: "密钥只保存在这个浏览器里，只会发送给本网关。",
	where: "填写部署时设置的 WORKER_ACCESS_KEY，或管理员发给你的密钥。OpenAI 或 fal 的密钥在这里无效。",
	show: "显示密钥",
	hide: "隐藏密钥",
	remember: "在这台设备上记住密钥",
	rememberHint: "不勾选时，关闭标签页后需要重新登录。",
	signIn: "登录",
	signingIn: "正在登录",
	wrongKey: "密钥不正确。请检查是否复制完整，前后有没有多余的字符。",
	expired: "密钥已失效，请换一个密钥登录。",
	unreachable: "网关没有响应。请检查网络后重试。",
	unready: "网关还没有配置好，请管理员先处理以下问题：",
	refused: (message: string) => `网关拒绝了请求：${message}`,
	retry: "重试",
	baseUrl: "客户端的接口地址（Base URL）",
	reference: "接口文档",
};

export const words = say({ en, zh });
