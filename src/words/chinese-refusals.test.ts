import { expect, it } from "vitest";
import { type RequestError, toRequestAnswer } from "../errors.ts";

it.each<[RequestError, string]>([
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
		{ kind: "invalid_value", param: "mask", fault: { is: "picture_format", got: "text", taken: ["PNG", "JPEG"] } },
		"'mask' 的值无效：文件内容是文字，应为 PNG 或 JPEG。",
	],
	[
		{ kind: "invalid_value", param: "mask", fault: { is: "picture_format", got: null, taken: ["PNG", "JPEG"] } },
		"'mask' 的值无效：文件内容不是图片，应为 PNG 或 JPEG。",
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
