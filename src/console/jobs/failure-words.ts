/** Says in a few words why a job failed, or why there is none. The gateway's own words say more. */

import { language } from "../language.ts";
import { say } from "../words.ts";
import { type Told, toldIn } from "./told.ts";

const en: Readonly<Record<string, string>> = {
	moderation_blocked: "Blocked by the model's content policy",
	invalid_input: "The model refused an input",
	invalid_value: "A setting is not accepted",
	invalid_form: "The pictures did not arrive whole",
	request_too_large: "The pictures are too large",
	cancelled: "Cancelled",
	upstream_key_refused: "fal refuses the gateway's key",
	upstream_account_locked: "fal has locked the account",
	upstream_permission_missing: "The account at fal may not use this model",
	model_not_found: "This model is not available",
	model_not_allowed: "This key may not use the model",
	insufficient_permissions: "This key may not generate pictures",
	no_media_generated: "The model made no picture",
	upstream_outcome_unknown: "Nobody can tell if fal took it",
	deadline_exceeded: "It took too long",
	upstream_failed: "The model failed",
	storing_failed: "The picture could not be fetched from fal",
	insufficient_quota: "No budget or balance is left",
	rate_limit_exceeded: "Too many requests at once",
	upstream_unavailable: "fal could not be reached",
	schema_unavailable: "fal does not say how this model is asked",
	configuration_error: "The gateway is not set up for this",
	internal_error: "The gateway failed",
};

const zh: typeof en = {
	moderation_blocked: "被模型的内容审核拦截",
	invalid_input: "模型不接受某项输入",
	invalid_value: "某项设置不被接受",
	invalid_form: "图片没有完整上传",
	request_too_large: "图片太大",
	cancelled: "已取消",
	upstream_key_refused: "fal 不接受网关的密钥",
	upstream_account_locked: "fal 账户已被锁定",
	upstream_permission_missing: "fal 账户无权使用这个模型",
	model_not_found: "这个模型不可用",
	model_not_allowed: "这个密钥不能使用这个模型",
	insufficient_permissions: "这个密钥不能生成图片",
	no_media_generated: "模型没有生成图片",
	upstream_outcome_unknown: "无法确认 fal 是否收到",
	deadline_exceeded: "超时",
	upstream_failed: "模型出错",
	storing_failed: "图片没能从 fal 取回",
	insufficient_quota: "额度或余额不足",
	rate_limit_exceeded: "同时请求过多",
	upstream_unavailable: "连接不上 fal",
	schema_unavailable: "fal 没有给出这个模型的参数",
	configuration_error: "网关尚未配置好",
	internal_error: "网关出错",
};

const others = say({
	en: { failed: "It failed", unanswered: "The gateway did not answer" },
	zh: { failed: "失败", unanswered: "网关没有回应" },
});
const byCode = say({ en, zh });

/** @param code null if nobody answered */
export function reasonOf(code: string | null): string {
	return code === null ? others().unanswered : (byCode()[code] ?? others().failed);
}

/** Returns what the gateway's words add to the reason; null if they add nothing in a language that is understood. */
export function addedBy({ code, message }: Failed): Told | null {
	return toldIn(message, language.value, code !== null && Object.hasOwn(en, code));
}

/** Says why in one text. */
export function explained(failed: Failed): Told {
	const added = addedBy(failed);
	if (added?.text === failed.message) return added;
	const reason = reasonOf(failed.code);
	return { text: added === null ? reason : `${reason}: ${added.text}`, language: language.value };
}

interface Failed {
	/** Null if nobody answered. */
	readonly code: string | null;
	/** In the gateway's words, and the language of the request. */
	readonly message: string;
}
