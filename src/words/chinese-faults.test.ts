import { describe, expect, it } from "vitest";
import { type BodyForm, type Fault, type SizesTaken, sayFault } from "../faults.ts";
import { CHINESE_FAULTS } from "./chinese-faults.ts";

describe("a field's fault in Chinese", () => {
	it.each<readonly [fault: Fault, sentence: string]>([
		[{ is: "missing" }, "缺少必需的参数 'x'。"],
		[{ is: "type", expected: ["string"], got: "integer" }, "'x' 的类型不正确：应为字符串，收到的是整数。"],
		[{ is: "type", expected: ["array", "object"], got: "decimal" }, "'x' 的类型不正确：应为数组或对象，收到的是小数。"],
		[{ is: "type", expected: ["boolean"], got: "null" }, "'x' 的类型不正确：应为布尔值，收到的是null。"],
		[{ is: "too_large", max: 4, got: 5 }, "'x' 的值无效：收到 5，最大为 4。"],
		[{ is: "too_large", max: 4, got: null }, "'x' 的值无效：最大为 4。"],
		[{ is: "too_small", min: 1, got: 0 }, "'x' 的值无效：收到 0，最小为 1。"],
		[{ is: "too_long", max: 9, of: "characters" }, "'x' 的值无效：最多 9 个字符。"],
		[{ is: "too_long", max: 9, of: "items" }, "'x' 的值无效：最多 9 项。"],
		[{ is: "too_short", min: 1, of: "fields" }, "'x' 的值无效：至少需要 1 个字段。"],
		[{ is: "not_one_of", allowed: ["a", "b"], got: "c" }, "'x' 的值无效：'c' 不可用，可选值为 'a'、'b'。"],
		[{ is: "not_one_of", allowed: ["a"], got: null }, "'x' 的值无效：可选值为 'a'。"],
		[{ is: "account_name" }, "'x' 的值无效：应为 1 到 32 个字符，只能包含 a-z、0-9、'_' 和 '-'。"],
		[{ is: "too_many_keys", max: 9 }, "'x' 的值无效：该账户已有 9 个密钥，达到上限，请先删除不再使用的密钥。"],
		[{ is: "unlike", example: "2026-11" }, "'x' 的值无效：格式应如 '2026-11'。"],
		[{ is: "too_many_accounts", max: 9 }, "'x' 的值无效：一份报表最多包含 9 个账户，请指定要查询的账户。"],
		[{ is: "too_many_groups", max: 9 }, "'x' 的值无效：每个时间段最多 9 个分组，请减少分组字段，或指定模型或密钥。"],
		[{ is: "being_erased" }, "'x' 的值无效：正在清除该账户的数据，请在完成后重试。"],
		[{ is: "duration", maxDays: 9 }, "'x' 的值无效：应为数字加单位 's'、'm'、'h' 或 'd'（如 '48h'），最长 9 天。"],
		[{ is: "empty" }, "'x' 的值无效：不能为空。"],
		[{ is: "long_data" }, "'x' 的值无效：只接受文字，不能包含图片的 data: 地址等大段数据。"],
		[{ is: "long_key", max: 9 }, "'x' 的值无效：键名最多 9 个字符。"],
		[{ is: "format_of_model", model: "m", allowed: ["png", "jpeg"] }, "'x' 的值无效：'m' 支持的格式为 'png'、'jpeg'。"],
		[
			{ is: "pictures_of_model", model: "m", max: 0 },
			"'x' 的值无效：'m' 只能根据文字生成图片，也没有可代替它编辑图片的模型。GET /v1/models 中 input_modalities 含 'image' 的模型可以接受图片。",
		],
		[{ is: "pictures_of_model", model: "m", max: 4 }, "'x' 的值无效：'m' 最多接受 4 张图片。"],
		[
			{ is: "role_of_model", model: "m", role: "mask" },
			"'x' 的值无效：'m' 不接受蒙版。GET /v1/models 中 supported_parameters 含 'mask' 的模型可以接受蒙版。",
		],
		[{ is: "role_of_model", model: "m", role: "markup" }, "'x' 的值无效：'m' 不接受画在图片上的标记。"],
		[{ is: "needs_picture", model: "m", of: "image" }, "缺少必需的参数 'x'，'m' 需要一张图片。"],
		[{ is: "needs_picture", model: "m", of: "mask" }, "缺少必需的参数 'x'，'m' 需要一张蒙版。"],
		[{ is: "image_size", max: 99 }, "'x' 的值无效：应为预设尺寸的名称，或 1 到 99 像素的宽和高。"],
		[{ is: "forbidden", why: "prompt" }, "'x' 的值无效：此处不能设置，因为提示词有专门的字段。"],
		[{ is: "forbidden", why: "count" }, "'x' 的值无效：此处不能设置，因为图片数量由 `n` 指定。"],
		[{ is: "forbidden", why: "file" }, "'x' 的值无效：此处不能设置，因为它指向文件或地址。"],
		[{ is: "forbidden", why: "answer" }, "'x' 的值无效：此处不能设置，因为Darkroom 需要 fal 以常规形式返回结果。"],
		[{ is: "forbidden", why: "value" }, "'x' 的值无效：此处不能设置，因为它的值包含地址或文件。"],
		[{ is: "forbidden", why: "unknown" }, "'x' 的值无效：此处不能设置，因为该模型没有这个参数。"],
		[{ is: "too_much", fields: 3, chars: 9, depth: 2 }, "'x' 的值无效：'fal' 最多 3 个字段、9 个字符、2 层嵌套。"],
		[{ is: "message_too_long", max: 9 }, "'x' 的值无效：用户的最后一条消息最多 9 个字符。"],
		[
			{ is: "message_data" },
			"'x' 的值无效：用户最后一条消息的文字中含有图片的 data: 地址等大段数据，而提示词只能是文字。",
		],
		[{ is: "only_a_size" }, "'x' 的值无效：只写了尺寸，没有写要画的内容。"],
		[{ is: "task_stream" }, "'x' 的值无效：异步任务不支持流式输出，请去掉该参数，或不使用 'async'。"],
		[{ is: "webhook_address" }, "'x' 的值无效：应为公网可访问的 https 地址，且不含用户名和密码。"],
		[{ is: "no_size", got: "big" }, "'x' 的值无效：'big' 不是有效的尺寸，应为比例（如 16:9）或像素（如 1024x768）。"],
		[{ is: "no_size", got: null }, "'x' 的值无效：应为比例（如 16:9）或像素（如 1024x768）。"],
		[
			{ is: "needs_inputs", model: "a/b", settable: ["style", "season"], others: [] },
			"缺少必需的参数 'x'，'a/b' 需要 'style'、'season'，请在 'fal' 中设置。",
		],
		[
			{ is: "needs_inputs", model: "a/b", settable: [], others: ["video_url"] },
			"'x' 的值无效：此处无法使用 'a/b'：它需要 'video_url'，而请求中没有可以设置它们的字段。",
		],
		[{ is: "no_picture_model", model: "a/b" }, "'x' 的值无效：'a/b' 不生成图片。"],
		[{ is: "schema_unreadable", model: "a/b" }, "'x' 的值无效：无法读取 fal 公布的 'a/b' 的接口定义，因此无法调用它。"],
		[{ is: "one_side" }, "'x' 的值无效：宽和高必须同时给出。"],
		[{ is: "contradiction", other: "y" }, "'x' 的值无效：与 'y' 矛盾，请只发送其中一个。"],
		[{ is: "unreadable_picture" }, "'x' 的值无效：无法识别为图片，请使用 https 地址、data: 地址或图片内容的 base64。"],
		[
			{ is: "picture_file" },
			"'x' 的值无效：Darkroom 只接受图片，也不保存文件。请直接发送图片的 https 地址或 data: 地址。",
		],
		[{ is: "picture_data" }, "'x' 的值无效：图片数据无法解码，请发送 base64，前面加上 'data:image/png;base64,'。"],
		[{ is: "size_of_picture", width: 64, height: 32 }, "'x' 的值无效：尺寸必须与第一张图片相同（64x32）。"],
		[{ is: "picture_address" }, "'x' 的值无效：应为公网可访问的 https 地址，或 data: 地址。"],
		[{ is: "mask", why: "no_png" }, "'x' 的值无效：蒙版必须是带透明度的 PNG。"],
		[{ is: "mask", why: "broken" }, "'x' 的值无效：文件已损坏或不完整。"],
		[{ is: "mask", why: "too_large" }, "'x' 的值无效：边长不能超过 8192 像素。"],
		[{ is: "mask", why: "interlaced" }, "'x' 的值无效：这是隔行扫描的 PNG，请以非隔行方式保存。"],
		[{ is: "no_such_picture" }, "'x' 的值无效：该图片不存在，或不属于当前账户。"],
		[
			{ is: "no_picture_at", place: 5, has: 4 },
			"'x' 的值无效：消息中说的是第 5 张图片，但只有 4 张。请改用其中一张，或附上图片。",
		],
		[{ is: "nothing_to_edit" }, "'x' 的值无效：没有可编辑的图片。请附上图片，或在已生成图片的对话中继续。"],
		[{ is: "earlier_running" }, "'x' 的值无效：该 Response 还没有生成图片，请等它结束。"],
		[
			{ is: "stored_conversation" },
			"'x' 的值无效：Darkroom 不保存对话。请发送 'previous_response_id'，或把之前的内容放入 'input'。",
		],
		[{ is: "unusable" }, "'x' 的值无效：此处不能使用这个值。"],
	])("is said for %j", (fault, sentence) => {
		expect(sayFault("x", fault, CHINESE_FAULTS)).toBe(sentence);
	});

	it.each<readonly [takes: SizesTaken, sizes: string]>([
		[{ kind: "ratio", ratios: ["1:1", "16:9"] }, "1:1、16:9，或像素尺寸 WxH（取最接近的比例），或 auto"],
		[{ kind: "text", sizes: ["1K", "2K"] }, "1K、2K，或任意 WxH 或比例（如 16:9，取最接近的尺寸），或 auto"],
		[
			{ kind: "pixels", min: 64, max: 2048 },
			"边长为 64 到 2048 像素的尺寸 WxH（如 1024x768），或比例（如 16:9），或 auto",
		],
		[
			{ kind: "sides", min: 64, max: 2048 },
			"边长为 64 到 2048 像素的尺寸 WxH（如 1024x768），或比例（如 16:9），或 auto",
		],
		[{ kind: "none" }, "auto（不能选择尺寸）"],
		[{ kind: "unknown" }, "像素尺寸 WxH（如 1024x768），或比例（如 16:9），或 auto"],
	])("names the sizes that a model takes: %j", (takes, sizes) => {
		expect(sayFault("size", { is: "resolution_of_model", got: "4K", model: "m", takes }, CHINESE_FAULTS)).toBe(
			`'size' 的值无效：'4K' 是分辨率，而 'm' 不能选择分辨率，'size' 支持 ${sizes}。`,
		);
		expect(sayFault("size", { is: "size_of_model", got: "big", model: "m", takes }, CHINESE_FAULTS)).toBe(
			`'size' 的值无效：'big' 不是有效的尺寸。'm' 支持 ${sizes}。`,
		);
	});

	it("is said of the body as a whole", () => {
		expect(sayFault(null, { is: "type", expected: ["object"], got: "string" }, CHINESE_FAULTS)).toBe(
			"请求体 的类型不正确：应为对象，收到的是字符串。",
		);
	});
});

describe("a body's fault in Chinese", () => {
	it.each<readonly [form: BodyForm, sentence: string]>([
		["empty", "请求体为空。请发送 JSON 对象。"],
		["form", "请求体是表单。请发送 JSON 对象。"],
		["multipart", "请求体是 multipart 表单。请发送 JSON 对象。"],
		["broken", "请求体不是有效的 JSON。请发送 JSON 对象。"],
		["array", "请求体是 JSON 数组。请发送 JSON 对象。"],
		["value", "请求体是 JSON，但不是对象。请发送 JSON 对象。"],
		["no_webhook", "这不是 fal 的 webhook。"],
	])("is said for %s", (form, sentence) => {
		expect(CHINESE_FAULTS.bodies[form]).toBe(sentence);
	});
});
