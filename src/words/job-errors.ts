/** Says why a job failed in the language of its user. The log has it in English, with what fal says behind it in fal's own words. */

import { FAL_SAYS, type JobError } from "../errors.ts";
import type { Language } from "../language.ts";

/** Stands before fal's words, as `FAL_SAYS` does in English. */
const FAL_SAYS_ZH = "fal 返回：";

/** Each sentence of ours that a failure may have. */
export const JOB_SENTENCES: readonly (readonly [english: string, chinese: string])[] = [
	["The job was cancelled.", "任务已取消。"],
	["The job failed.", "任务失败。"],
	["This picture could not be fetched from fal.", "未能从 fal 取回这张图片。"],
	[
		"This picture could not be fetched from fal yet. If it comes late, GET /v1/jobs/{id} shows it.",
		"暂时未能从 fal 取回这张图片。稍后取到时，可通过 GET /v1/jobs/{id} 查看。",
	],
	["A stored picture of this job is missing.", "该任务已保存的图片有缺失。"],
	["fal no longer knows this request.", "fal 已查不到该请求。"],
	["fal's result has no pictures that Darkroom can read.", "fal 的结果中没有 Darkroom 能读取的图片。"],
	["The addresses in it are kept with the job, as `result_urls`.", "结果中的地址已随任务保存，见 `result_urls`。"],
	["The model made no picture.", "模型没有生成图片。"],
	["fal's result is too large to be read.", "fal 的结果过大，无法读取。"],
	["fal's queue cannot be reached.", "无法连接 fal 的队列。"],
	["fal made the picture, but it could not be fetched from fal.", "fal 已生成图片，但未能取回。"],
	["fal finished, but its result could not be fetched.", "fal 已完成，但未能取回结果。"],
	["This model is no longer known here.", "此处已没有该模型。"],
	[
		"The connection to fal was lost while the request was handed over. fal may have made, and billed, the picture, so it was not sent again.",
		"提交请求时与 fal 的连接中断。fal 可能已生成图片并计费，因此没有重新提交。",
	],
	[
		"The request did not reach fal: its list of requests does not have it. Nothing was paid.",
		"请求没有到达 fal：它的请求列表里没有该请求，未产生费用。",
	],
	["The picture was not ready in time; the request to fal was cancelled.", "图片未能按时完成，已取消发往 fal 的请求。"],
	[
		"fal refused the key of this gateway. Its operator must set a valid FAL_API_KEY.",
		"fal 拒绝了本网关的密钥，请管理员设置有效的 FAL_API_KEY。",
	],
	[
		"fal has locked the account of this gateway. Its operator must ask fal's support.",
		"fal 已锁定本网关的账户，请管理员联系 fal 客服。",
	],
	["The fal account of this gateway may not use this model.", "本网关的 fal 账户无权使用该模型。"],
	["No fal account of this gateway takes the request.", "本网关的所有 fal 账户都无法受理该请求。"],
	[
		"The balance of one is exhausted: its operator must top it up at fal.ai.",
		"有账户余额已用完，请管理员到 fal.ai 充值。",
	],
	[
		"The balances of more than one are exhausted: their operator must top them up at fal.ai.",
		"多个账户余额已用完，请管理员到 fal.ai 充值。",
	],
	["One is locked: its operator must ask fal's support.", "有账户已被锁定，请管理员联系 fal 客服。"],
	["More than one are locked: their operator must ask fal's support.", "多个账户已被锁定，请管理员联系 fal 客服。"],
	["One may not use this model.", "有账户无权使用该模型。"],
	["More than one may not use this model.", "多个账户无权使用该模型。"],
	[
		"The key of one is not valid: its operator must replace it in FAL_API_KEY.",
		"有账户的密钥无效，请管理员在 FAL_API_KEY 中更换。",
	],
	[
		"The keys of more than one are not valid: their operator must replace them in FAL_API_KEY.",
		"多个账户的密钥无效，请管理员在 FAL_API_KEY 中更换。",
	],
	[
		"The fal balance of this gateway is exhausted. Its operator must top it up at fal.ai.",
		"本网关的 fal 余额已用完，请管理员到 fal.ai 充值。",
	],
	[
		"The picture was blocked by the model's content policy. Try another prompt.",
		"图片被模型的内容政策拦截，请换一个提示词。",
	],
	["fal no longer offers this model.", "fal 已下线该模型。"],
	["fal's storage cannot be reached.", "无法连接 fal 的存储服务。"],
	["fal's storage does not take a picture of this request.", "fal 的存储服务没有接收该请求的图片。"],
	["A picture of this request is not stored any more.", "该请求附带的图片已不存在。"],
	["The pictures of this request could not be handed over to fal.", "未能把该请求附带的图片交给 fal。"],
	["The pictures of this request did not reach fal in time.", "该请求附带的图片未能及时交给 fal。"],
	["The picture's address is of a kind that is not fetched.", "图片地址的类型不受支持，无法读取。"],
	["The picture's data: address cannot be decoded.", "图片的 data: 地址无法解码。"],
	["The picture is empty.", "这张图片没有任何内容。"],
	["A text came in place of the picture.", "从该地址取到的是文本，不是图片。"],
	["fal did not start this request in time.", "fal 未能及时开始处理该请求。"],
];

/** Sentences of ours with a number or a name in them, which stands for `{}`. */
const WITH_NAMES: readonly (readonly [english: RegExp, chinese: string])[] = [
	// fal's status, where it said nothing else.
	[/^fal answered (\d{3})\./, "fal 返回状态码 {}。"],
	[/^The picture's server answered (\d{3})\./, "图片所在的服务器返回状态码 {}。"],
	[/^The picture is larger than (\d{1,12}) bytes\./, "图片超过 {} 字节。"],
	[/^The mask:/, "遮罩："],
	[/^Its successor '([^']{1,200})' is not offered here\./, "本网关没有提供接替它的模型“{}”。"],
];

/** Returns a failure in the language of its job. */
export function inLanguage<E extends JobError>(error: E, language: Language | undefined): E {
	return language === "zh" ? { ...error, message: toChinese(error.message) } : error;
}

/** Returns the place behind which a message has fal's own words; its length if it has none. */
export function ownPartOf(message: string): number {
	for (const says of [FAL_SAYS, FAL_SAYS_ZH]) {
		const at = message.indexOf(says);
		if (at >= 0) return at + says.length;
	}
	return message.length;
}

/** Returns the sentences of ours that a message begins with; null if there are none. The rest may be of fal's. */
export function ownWordsOf(message: string): string | null {
	const own: string[] = [];
	let rest = message;
	for (let found = sentenceAt(rest); found !== null; found = sentenceAt(rest)) {
		const [english] = found;
		own.push(english);
		rest = rest.slice(english.length).trimStart();
	}
	return own.length === 0 ? null : own.join(" ");
}

/** Turns sentence after sentence. What is none of ours stays as it is. */
function toChinese(message: string): string {
	if (message.startsWith(FAL_SAYS)) return FAL_SAYS_ZH + message.slice(FAL_SAYS.length);
	const known = sentenceAt(message);
	if (known === null) return message;
	const [english, chinese] = known;
	return chinese + toChinese(message.slice(english.length).trimStart());
}

/** Finds the sentence of ours that a text begins with. */
function sentenceAt(text: string): readonly [english: string, chinese: string] | null {
	return JOB_SENTENCES.find(([english]) => text.startsWith(english)) ?? withName(text);
}

function withName(text: string): readonly [english: string, chinese: string] | null {
	for (const [english, chinese] of WITH_NAMES) {
		const [sentence, name] = english.exec(text) ?? [];
		if (sentence !== undefined) return [sentence, chinese.replace("{}", () => String(name))];
	}
	return null;
}
