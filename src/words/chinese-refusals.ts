/** Says in Chinese why a request made no job. */

import type { BodyBound, FormFault, KeyRefusedWhy, RateName, Thing } from "../errors.ts";
import { sayFault } from "../faults.ts";
import { toUsd } from "../money.ts";
import { echo } from "../text.ts";
import { CHINESE_FAULTS } from "./chinese-faults.ts";
import type { ErrorOf, Refusals } from "./refusals.ts";

const THINGS: Readonly<Record<Thing, string>> = {
	key: "密钥",
	account: "账户",
	job: "任务",
	task: "任务",
	completion: "对话",
	response: " Response ",
	picture: "图片",
	thumbnail: "缩略图",
};

export const CHINESE_REFUSALS: Refusals = {
	invalid_json: ({ body, files }) =>
		files ? `${CHINESE_FAULTS.bodies[body]}上传文件请使用 multipart/form-data。` : CHINESE_FAULTS.bodies[body],
	client_left: () => "请求体在结束之前中断，没有生成任何内容。",
	invalid_form: ({ fault, param }) =>
		param === undefined ? FORM_FAULTS[fault] : `${FORM_FAULTS[fault]}字段名为 '${echo(param)}'。`,
	invalid_value: ({ param, fault }) => sayFault(param, fault, CHINESE_FAULTS),
	unauthorized: ({ missing }) =>
		missing
			? "没有提供访问密钥。请以 'Authorization: Bearer <WORKER_ACCESS_KEY>' 的形式发送。"
			: "访问密钥无效。这里需要的是本 Worker 的密钥（WORKER_ACCESS_KEY 或管理员发放的密钥），而不是 OpenAI 或 fal 的密钥。",
	key_refused: ({ why }) => REFUSED_KEYS[why],
	model_not_allowed: ({ model }) => `该访问密钥不能使用模型 '${echo(model)}'。可用的模型见 GET /v1/models。`,
	limit_reached: ({ limit, value, of, endsAt, isBeyond }) =>
		`${OWNERS[of]}${LIMITS[limit](value, isBeyond)}${until(endsAt)}`,
	budget_spent: ({ limit, value, window, of, endsAt, isBeyond }) =>
		`${OWNERS[of]}${window === undefined ? "" : `每个周期（${window}）`}的预算为 $${toUsd(value)}（${limit}），${isBeyond ? BEYOND : `余额不足以完成本次请求。${endsAt === null ? "请联系管理员增加预算。" : until(endsAt)}`}`,
	scope_missing: ({ scope }) => `该访问密钥没有权限执行此操作，缺少 '${scope}' 权限。`,
	forged_webhook: () => "该 webhook 无效。",
	result_unavailable: () => "暂时无法取得 fal 的结果，请稍后重新发送该 webhook。",
	forbidden_link: () => "该链接无效。",
	model_not_found: (error) => sayModelNotFound(error),
	schema_unavailable: ({ model }) =>
		`暂时无法取得 fal 公布的 '${echo(model)}' 的接口定义。没有向 fal 提交任何请求，请稍后重试。`,
	route_not_found: ({ method, path, meant }) =>
		`${echo(method)} ${echo(path)} 不存在。${meant === undefined ? "" : `是否想用 ${echo(meant.path)}？OpenAI 客户端的接口地址（base URL）是 ${meant.baseUrl}。`}`,
	not_found: ({ what }) => `该${THINGS[what]}不存在。`,
	no_admin_key: () => "fal 只向管理密钥提供余额，而此处尚未设置。请将 FAL_ADMIN_KEY 设为 fal 的 ADMIN 权限密钥。",
	previous_response_not_found: () => "之前的 Response 不存在：可能已删除、已过期，或属于其他账户。",
	method_not_allowed: ({ method, allow }) => `此处不支持 ${echo(method)}，可用 ${allow.join("、")}。`,
	body_too_large: ({ maxBytes, decoded }) => `请求体${decoded ? "解压后" : ""}超过 ${maxBytes} 字节。`,
	body_too_complex: ({ bound, max }) => PASSED[bound](max),
	body_undecodable: ({ encoding, cut }) =>
		cut ? `请求体的 ${encoding} 数据不完整。` : `请求体不是有效的 ${encoding} 数据，与 content-encoding 不符。`,
	encoding_unsupported: ({ encoding, supported }) =>
		`不支持 content-encoding '${echo(encoding)}'。可用 ${supported.join("、")}（一次一种），或不压缩。`,
	range_not_satisfiable: ({ bytes }) => `请求的范围超出了图片的大小（${bytes} 字节）。`,
	idempotency_conflict: () => "该 Idempotency-Key 已用于另一个请求。",
	misconfigured: ({ problems }) => `Darkroom 尚未配置好：${problems.join(" ")}`,
	unexpected: () => "服务内部出错，管理员可凭请求 id 查找原因。",
};

const REFUSED_KEYS: Readonly<Record<KeyRefusedWhy, string>> = {
	revoked: "该访问密钥已被吊销或更换，请向管理员索取新的密钥。",
	expired: "该访问密钥已过期，请向管理员索取新的密钥。",
	blocked: "该访问密钥已被停用，请联系管理员。",
};

const OWNERS = { key: "该访问密钥", account: "该账户" } as const;

const BEYOND = "仅本次请求就超出全部限额，因此永远无法通过。请减少单次用量，或联系管理员提高限额。";

const LIMITS: Readonly<Record<RateName, (value: number, isBeyond?: true) => string>> = {
	max_open_jobs: (value) => `未完成的任务已达上限（${value} 个，MAX_OPEN_JOBS），请等待其中一个完成。`,
	rpm_limit: (value) => `的请求频率已达上限（每分钟 ${value} 次，rpm_limit）。`,
	max_parallel_requests: (value) => `未完成的任务已达上限（${value} 个，max_parallel_requests），请等待其中一个完成。`,
	images_per_day: (value, isBeyond) =>
		`每天最多生成 ${value} 张图片（images_per_day），${isBeyond ? BEYOND : "本次请求将超出该限额。"}`,
};

function until(endsAt: number | null): string {
	return endsAt === null ? "" : `限额将于 ${new Date(endsAt).toISOString()} 恢复。`;
}

const PASSED: Readonly<Record<BodyBound, (max: number) => string>> = {
	values: (max) => `请求体中的值超过 ${max} 个。`,
	depth: (max) => `请求体的嵌套超过 ${max} 层。`,
	text: (max) => `请求体的文字超过 ${max} 字节（data: 地址形式的图片不计入）。`,
	blocks: (max) => `压缩的请求体超过 ${max} 个数据块。`,
	parts: (max) => `表单超过 ${max} 个部分。`,
	part_head: (max) => `表单中某一部分的头超过 ${max} 字节。`,
	field: (max) => `表单中某个非文件字段超过 ${max} 字节。`,
	fields: (max) => `表单中的非文件字段合计超过 ${max} 字节。`,
	files: (max) => `请求携带的图片超过 ${max} 张。`,
	file_bytes: (max) => `请求携带的图片合计超过 ${max} 字节。`,
};

const FORM_FAULTS: Readonly<Record<FormFault, string>> = {
	boundary:
		"表单的 content-type 应为 'multipart/form-data'，并带有不超过 70 个字符的 'boundary'。多数客户端会自动填写，不要自行设置该请求头。",
	cut: "表单在最后一个 boundary 之前就结束了：请求体不完整，或 boundary 与 content-type 中的不一致。",
	part: "表单中有一部分没有带名称的 Content-Disposition。",
	not_utf8: "表单中有一个字段不是有效的 UTF-8。",
};

function sayModelNotFound({ model, near, talks, closed, instead }: ErrorOf<"model_not_found">): string {
	const name = `'${echo(model)}'`;
	if (talks) {
		const use = instead === undefined ? "请使用" : `请使用 '${instead}' 或`;
		return `${name} 是对话模型，而 Darkroom 只生成图片。${use} GET /v1/models 中列出的名称。`;
	}
	const meant = near.length === 0 ? "" : `是否想用 ${near.map((id) => `'${id}'`).join("、")}？`;
	const common = instead === undefined ? "" : `默认模型是 '${instead}'。`;
	if (closed) return `此处不提供模型 ${name}。${meant}${common}GET /v1/models 列出可用的模型。`;
	return `模型 ${name} 不存在。${meant}${common}GET /v1/models 列出可用的模型；在允许的情况下，fal 上任何生成图片的模型 id（如 'fal-ai/flux/dev'）也可以使用。`;
}
