import { expect, it } from "vitest";
import { type RequestError, toRequestAnswer } from "../errors.ts";

const NEVER = { endsAt: null, endsInMs: null };
const ENDS = { endsAt: Date.parse("2026-11-30T00:00:00Z"), endsInMs: 1_000 };

it.each<[RequestError, string]>([
	[{ kind: "invalid_json", body: "empty" }, "请求体为空。请发送 JSON 对象。"],
	[{ kind: "not_found", what: "key" }, "该密钥不存在。"],
	[{ kind: "not_found", what: "account" }, "该账户不存在。"],
	[{ kind: "not_found", what: "thumbnail" }, "该缩略图不存在。"],
	[
		{ kind: "invalid_json", body: "form", files: true },
		"请求体是表单。请发送 JSON 对象。上传文件请使用 multipart/form-data。",
	],
	[
		{ kind: "unauthorized", missing: true },
		"没有提供访问密钥。请以 'Authorization: Bearer <WORKER_ACCESS_KEY>' 的形式发送。",
	],
	[
		{ kind: "unauthorized", missing: false },
		"访问密钥无效。这里需要的是本 Worker 的密钥（WORKER_ACCESS_KEY 或管理员发放的密钥），而不是 OpenAI 或 fal 的密钥。",
	],
	[{ kind: "key_refused", why: "revoked" }, "该访问密钥已被吊销或更换，请向管理员索取新的密钥。"],
	[{ kind: "key_refused", why: "expired" }, "该访问密钥已过期，请向管理员索取新的密钥。"],
	[{ kind: "key_refused", why: "blocked" }, "该访问密钥已被停用，请联系管理员。"],
	[
		{ kind: "model_not_allowed", model: "gpt-image-2" },
		"该访问密钥不能使用模型 'gpt-image-2'。可用的模型见 GET /v1/models。",
	],
	[
		{ kind: "limit_reached", limit: "max_open_jobs", value: 100, of: "account", ...NEVER },
		"该账户未完成的任务已达上限（100 个，MAX_OPEN_JOBS），请等待其中一个完成。",
	],
	[
		{ kind: "limit_reached", limit: "max_parallel_requests", value: 2, of: "key", ...NEVER },
		"该访问密钥未完成的任务已达上限（2 个，max_parallel_requests），请等待其中一个完成。",
	],
	[
		{ kind: "limit_reached", limit: "rpm_limit", value: 10, of: "key", ...ENDS },
		"该访问密钥的请求频率已达上限（每分钟 10 次，rpm_limit）。限额将于 2026-11-30T00:00:00.000Z 恢复。",
	],
	[
		{ kind: "limit_reached", limit: "images_per_day", value: 50, of: "key", ...ENDS },
		"该访问密钥每天最多生成 50 张图片（images_per_day），本次请求将超出该限额。限额将于 2026-11-30T00:00:00.000Z 恢复。",
	],
	[
		{ kind: "budget_spent", limit: "max_budget", value: 5_250_000, of: "key", ...NEVER },
		"该访问密钥的预算为 $5.25（max_budget），余额不足以完成本次请求。请联系管理员增加预算。",
	],
	[
		{ kind: "budget_spent", limit: "budget_limits", value: 5_000_000, window: "7d", of: "key", ...ENDS },
		"该访问密钥每个周期（7d）的预算为 $5（budget_limits），余额不足以完成本次请求。限额将于 2026-11-30T00:00:00.000Z 恢复。",
	],
	[
		{ kind: "limit_reached", limit: "images_per_day", value: 2, of: "key", ...NEVER, isBeyond: true },
		"该访问密钥每天最多生成 2 张图片（images_per_day），仅本次请求就超出全部限额，因此永远无法通过。请减少单次用量，或联系管理员提高限额。",
	],
	[
		{ kind: "budget_spent", limit: "max_budget", value: 100_000, window: "1d", of: "key", ...NEVER, isBeyond: true },
		"该访问密钥每个周期（1d）的预算为 $0.1（max_budget），仅本次请求就超出全部限额，因此永远无法通过。请减少单次用量，或联系管理员提高限额。",
	],
	[{ kind: "scope_missing", scope: "admin" }, "该访问密钥没有权限执行此操作，缺少 'admin' 权限。"],
	[{ kind: "forged_webhook" }, "该 webhook 无效。"],
	[{ kind: "forbidden_link" }, "该链接无效。"],
	[
		{ kind: "model_not_found", model: "x", near: [], talks: false },
		"模型 'x' 不存在。GET /v1/models 列出可用的模型；在允许的情况下，fal 上任何生成图片的模型 id（如 'fal-ai/flux/dev'）也可以使用。",
	],
	[
		{ kind: "model_not_found", model: "x", near: ["y"], talks: false, closed: true, instead: "darkroom" },
		"此处不提供模型 'x'。是否想用 'y'？默认模型是 'darkroom'。GET /v1/models 列出可用的模型。",
	],
	[
		{ kind: "model_not_found", model: "x", near: ["y", "z"], talks: false, instead: "darkroom" },
		"模型 'x' 不存在。是否想用 'y'、'z'？默认模型是 'darkroom'。GET /v1/models 列出可用的模型；在允许的情况下，fal 上任何生成图片的模型 id（如 'fal-ai/flux/dev'）也可以使用。",
	],
	[
		{ kind: "model_not_found", model: "gpt-4o", near: [], talks: true, instead: "darkroom" },
		"'gpt-4o' 是对话模型，而 Darkroom 只生成图片。请使用 'darkroom' 或 GET /v1/models 中列出的名称。",
	],
	[
		{ kind: "model_not_found", model: "gpt-4o", near: [], talks: true },
		"'gpt-4o' 是对话模型，而 Darkroom 只生成图片。请使用 GET /v1/models 中列出的名称。",
	],
	[{ kind: "body_too_large", maxBytes: 9 }, "请求体超过 9 字节。"],
	[{ kind: "body_too_large", maxBytes: 9, decoded: true }, "请求体解压后超过 9 字节。"],
	[{ kind: "body_too_complex", bound: "values", max: 9 }, "请求体中的值超过 9 个。"],
	[{ kind: "body_too_complex", bound: "depth", max: 9 }, "请求体的嵌套超过 9 层。"],
	[{ kind: "body_too_complex", bound: "text", max: 9 }, "请求体的文字超过 9 字节（data: 地址形式的图片不计入）。"],
	[{ kind: "body_too_complex", bound: "blocks", max: 9 }, "压缩的请求体超过 9 个数据块。"],
	[{ kind: "body_too_complex", bound: "parts", max: 9 }, "表单超过 9 个部分。"],
	[{ kind: "body_too_complex", bound: "part_head", max: 9 }, "表单中某一部分的头超过 9 字节。"],
	[{ kind: "body_too_complex", bound: "field", max: 9 }, "表单中某个非文件字段超过 9 字节。"],
	[{ kind: "body_too_complex", bound: "fields", max: 9 }, "表单中的非文件字段合计超过 9 字节。"],
	[{ kind: "body_too_complex", bound: "files", max: 9 }, "请求携带的图片超过 9 张。"],
	[{ kind: "body_too_complex", bound: "file_bytes", max: 9 }, "请求携带的图片合计超过 9 字节。"],
	[{ kind: "client_left" }, "请求体在结束之前中断，没有生成任何内容。"],
	[
		{ kind: "invalid_form", fault: "boundary" },
		"表单的 content-type 应为 'multipart/form-data'，并带有不超过 70 个字符的 'boundary'。多数客户端会自动填写，不要自行设置该请求头。",
	],
	[
		{ kind: "invalid_form", fault: "cut" },
		"表单在最后一个 boundary 之前就结束了：请求体不完整，或 boundary 与 content-type 中的不一致。",
	],
	[
		{ kind: "invalid_json", body: "not_utf8" },
		"请求体不是有效的 UTF-8。无论 content-type 如何，JSON 都应以 UTF-8 编码发送。",
	],
	[{ kind: "invalid_form", fault: "not_utf8" }, "表单中有一个字段不是有效的 UTF-8。"],
	[
		{ kind: "invalid_form", fault: "not_utf8", param: "prompt" },
		"表单中有一个字段不是有效的 UTF-8。字段名为 'prompt'。",
	],
	[{ kind: "invalid_form", fault: "part" }, "表单中有一部分没有带名称的 Content-Disposition。"],
	[{ kind: "previous_response_not_found" }, "之前的 Response 不存在：可能已删除、已过期，或属于其他账户。"],
	[{ kind: "body_undecodable", encoding: "gzip", cut: true }, "请求体的 gzip 数据不完整。"],
	[
		{ kind: "body_undecodable", encoding: "gzip", cut: false },
		"请求体不是有效的 gzip 数据，与 content-encoding 不符。",
	],
	[
		{ kind: "encoding_unsupported", encoding: "br", supported: ["gzip", "deflate"] },
		"不支持 content-encoding 'br'。可用 gzip、deflate（一次一种），或不压缩。",
	],
	[{ kind: "idempotency_conflict" }, "该 Idempotency-Key 已用于另一个请求。"],
	[{ kind: "misconfigured", problems: ["A.", "B."] }, "Darkroom 尚未配置好：A. B."],
	[
		{ kind: "schema_unavailable", model: "a/b" },
		"暂时无法取得 fal 公布的 'a/b' 的接口定义。没有向 fal 提交任何请求，请稍后重试。",
	],
	[{ kind: "result_unavailable" }, "暂时无法取得 fal 的结果，请稍后重新发送该 webhook。"],
	[
		{ kind: "no_admin_key" },
		"fal 只向管理密钥提供余额，而此处尚未设置。请将 FAL_ADMIN_KEY 设为 fal 的 ADMIN 权限密钥。",
	],
	[{ kind: "unexpected" }, "服务内部出错，管理员可凭请求 id 查找原因。"],
	[{ kind: "not_found", what: "task" }, "该任务不存在。"],
	[{ kind: "not_found", what: "picture" }, "该图片不存在。"],
	[{ kind: "not_found", what: "job" }, "该任务不存在。"],
	[{ kind: "not_found", what: "response" }, "该 Response 不存在。"],
	[{ kind: "not_found", what: "completion" }, "该对话不存在。"],
	[{ kind: "route_not_found", method: "GET", path: "/v2" }, "GET /v2 不存在。"],
	[
		{
			kind: "route_not_found",
			method: "POST",
			path: "/chat",
			meant: { path: "/v1/chat/completions", baseUrl: "https://d.example/v1" },
		},
		"POST /chat 不存在。是否想用 /v1/chat/completions？OpenAI 客户端的接口地址（base URL）是 https://d.example/v1。",
	],
	[{ kind: "method_not_allowed", method: "PUT", allow: ["GET", "HEAD"] }, "此处不支持 PUT，可用 GET、HEAD。"],
	[{ kind: "range_not_satisfiable", bytes: 7 }, "请求的范围超出了图片的大小（7 字节）。"],
	[
		{ kind: "invalid_value", param: "stream", fault: { is: "task_stream" } },
		"'stream' 的值无效：异步任务不支持流式输出，请去掉该参数，或不使用 'async'。",
	],
	[
		{
			kind: "invalid_value",
			param: "image[0]",
			fault: { is: "picture_format", got: "HEIC", taken: ["PNG", "JPEG", "WebP"] },
		},
		"'image[0]' 的值无效：文件内容是 HEIC，应为 PNG、JPEG 或 WebP。",
	],
	[
		{ kind: "invalid_value", param: "image", fault: { is: "picture_cut" } },
		"'image' 的值无效：图片不完整，文件缺少结尾部分，请重新发送完整的图片。",
	],
	[
		{ kind: "invalid_value", param: "mask", fault: { is: "picture_format", got: "text", taken: ["PNG", "JPEG"] } },
		"'mask' 的值无效：文件内容是文字，应为 PNG 或 JPEG。",
	],
	[
		{ kind: "invalid_value", param: "mask", fault: { is: "picture_format", got: null, taken: ["PNG", "JPEG"] } },
		"'mask' 的值无效：文件内容不是图片，应为 PNG 或 JPEG。",
	],
	[
		{ kind: "invalid_value", param: "mask", fault: { is: "mask", why: "opaque" } },
		"'mask' 的值无效：蒙版中没有透明像素，请把需要重绘的区域设为透明。",
	],
	[
		{
			kind: "invalid_value",
			param: "size",
			fault: { is: "size_of_model", got: "big", model: "darkroom", takes: { kind: "ratio", ratios: ["1:1", "16:9"] } },
		},
		"'size' 的值无效：'big' 不是有效的尺寸。'darkroom' 支持 1:1、16:9，或像素尺寸 WxH（取最接近的比例），或 auto。",
	],
])("says %j in Chinese", (error, message) => {
	expect(toRequestAnswer(error, "zh").body.error.message).toBe(message);
});
