/** Words that a request for a title, a translation and the like has only if it wants them in a picture. */

import { listOf } from "../text.ts";

const NOUNS = listOf(
	"image, img, picture, pic, photo, render, poster, banner, logo, card, comic, cartoon, sticker, wallpaper, design, designer, artist, infographic, pictogram",
);
const WORDS = listOf(
	"txt2img, midjourney, diffusion, rendering, imagine, into a scene, sticky notes, sign, draw, draws, drawn, drawing, drawings, artwork, art, canvas, hieroglyphs, chalkboard, blackboard, whiteboard, billboard, neon, gold, golden, lettering, font, cursive, calligraphy, graffiti, mug, shirt, bracelet, watercolor, watercolour, movie, film, album",
);
const STEMS = listOf("visualis, visualiz, illustrat, paint, sketch, dalle, dall-e, dall e");
const CHINESE = listOf(
	"画, 绘, 海报, 封面, 横幅, 设计, 照片, 艺术字, 霓虹, 书法, 毛笔, 金色, 印在, 放到, 放在, 贴到, 贴在, 壁纸, 头像, 卡片, 招牌",
);

const ENGLISH = `${NOUNS.map((noun) => `${noun}s?`).join("|")}|${WORDS.join("|")}|(?:${STEMS.join("|")})\\w*`;
const PICTURES = new RegExp(
	`\\b(?:${ENGLISH}|cover(?! (?:the|all)\\b))\\b|(?<![意试企])图|${CHINESE.join("|")}|写在[^，。\\n]{1,6}上(?!面)`,
	"i",
);

/** True for words that speak of a picture. They are read in simplified characters. */
export function speaksOfPictures(words: string): boolean {
	return PICTURES.test(words);
}
