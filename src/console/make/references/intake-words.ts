/** The words of the references that the first view needs: before there is one. */

import { say } from "../../words.ts";

const en = {
	add: "Add pictures",
	camera: "Take a photo",
	dropHere: "Drop to use as references",
	dropHint: "PNG, JPEG, WebP, and whatever else this browser can open",
	maskDropped: "The mask was removed: it was made for another first picture.",
	foreign: "A picture of another page cannot be read. Save it first, then drop the file.",
	broken: "A part of the page could not be loaded. Reload it.",
};

const zh: typeof en = {
	add: "添加图片",
	camera: "拍照",
	dropHere: "松开即可作为参考图",
	dropHint: "支持 PNG、JPEG、WebP 以及浏览器能打开的其他格式",
	maskDropped: "首张参考图已变，原来的遮罩已移除。",
	foreign: "无法读取其他网页的图片，请先保存再拖入。",
	broken: "页面有一部分没有加载成功，请刷新。",
};

export const words = say({ en, zh });
