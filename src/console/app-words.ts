/** The words of the frame around all views. */

import { say } from "./words.ts";

const en = {
	pictures: "Pictures",
	usage: "Usage",
	keys: "Keys",
	connect: "Connect",
	views: "Views",
	skip: "Skip to the content",
	more: "Language, theme, account",
	language: "中文",
	themes: { system: "System theme", light: "Light theme", dark: "Dark theme" },
	signOut: "Sign out",
	reference: "API reference",
	loading: "Loading",
	lost: "This page does not exist.",
	home: "To the pictures",
	broken: "A part of this page could not be loaded.",
	reload: "Load the page again",
};

const zh: typeof en = {
	pictures: "图片",
	usage: "用量",
	keys: "密钥",
	connect: "接入",
	views: "页面",
	skip: "跳到正文",
	more: "语言、主题与账户",
	language: "English",
	themes: { system: "跟随系统", light: "浅色", dark: "深色" },
	signOut: "退出登录",
	reference: "接口文档",
	loading: "加载中",
	lost: "这个页面不存在。",
	home: "返回图片",
	broken: "页面有一部分没有加载成功。",
	reload: "重新加载",
};

export const words = say({ en, zh });
