/** Says the faults of a request's fields and of its body in Chinese. */

import type { FaultSentences, ForbiddenWhy, MaskWhy, SizesTaken, TypeName } from "../faults.ts";
import { echo } from "../text.ts";
import { exampleOf } from "./example-size.ts";

const TYPES: Readonly<Record<TypeName, string>> = {
	string: "字符串",
	integer: "整数",
	decimal: "小数",
	boolean: "布尔值",
	array: "数组",
	object: "对象",
	null: "null",
};

const UNITS = { characters: "个字符", items: "项", fields: "个字段" } as const;

const WHY_FORBIDDEN: Readonly<Record<ForbiddenWhy, string>> = {
	prompt: "提示词有专门的字段",
	count: "图片数量由 `n` 指定",
	file: "它指向文件或地址",
	answer: "Darkroom 需要 fal 以常规形式返回结果",
	value: "它的值包含地址或文件",
	unknown: "该模型没有这个参数",
};

const WHY_NO_MASK: Readonly<Record<MaskWhy, string>> = {
	no_png: "蒙版必须是带透明度的 PNG",
	broken: "文件已损坏或不完整",
	too_large: "边长不能超过 8192 像素",
	interlaced: "这是隔行扫描的 PNG，请以非隔行方式保存",
	opaque: "蒙版中没有透明像素，请把需要重绘的区域设为透明",
};

const EXPECTED = "请发送 JSON 对象。";

export const CHINESE_FAULTS: FaultSentences = {
	faults: {
		missing: (_, param) => `缺少必需的参数 ${named(param)}。`,
		type: ({ expected, got }, param) =>
			`${named(param)} 的类型不正确：应为${expected.map((name) => TYPES[name]).join("或")}，收到的是${TYPES[got]}。`,
		too_large: ({ max, got }, param) => `${invalid(param)}${value(got)}最大为 ${max}。`,
		too_small: ({ min, got }, param) => `${invalid(param)}${value(got)}最小为 ${min}。`,
		too_long: ({ max, of }, param) => `${invalid(param)}最多 ${max} ${UNITS[of]}。`,
		too_short: ({ min, of }, param) => `${invalid(param)}至少需要 ${min} ${UNITS[of]}。`,
		not_one_of: ({ allowed, got }, param) =>
			`${invalid(param)}${got === null ? "" : `'${echo(got)}' 不可用，`}可选值为 ${list(allowed)}。`,
		empty: (_, param) => `${invalid(param)}不能为空。`,
		long_data: (_, param) => `${invalid(param)}只接受文字，不能包含图片的 data: 地址等大段数据。`,
		long_key: ({ max }, param) => `${invalid(param)}键名最多 ${max} 个字符。`,
		pictures_of_model: ({ model, max }, param) =>
			max === 0
				? `${invalid(param)}'${model}' 只能根据文字生成图片，也没有可代替它编辑图片的模型。GET /v1/models 中 input_modalities 含 'image' 的模型可以接受图片。`
				: `${invalid(param)}'${model}' 最多接受 ${max} 张图片。`,
		role_of_model: ({ model, role }, param) =>
			role === "mask"
				? `${invalid(param)}'${model}' 不接受蒙版。GET /v1/models 中 supported_parameters 含 'mask' 的模型可以接受蒙版。`
				: `${invalid(param)}'${model}' 不接受画在图片上的标记。`,
		needs_picture: ({ model, of }, param) =>
			`缺少必需的参数 ${named(param)}，'${model}' 需要一张${of === "mask" ? "蒙版" : "图片"}。`,
		needs_inputs: ({ model, settable, others }, param) =>
			others.length > 0
				? `${invalid(param)}此处无法使用 '${model}'：它需要 ${list(others)}，而请求中没有可以设置它们的字段。`
				: `缺少必需的参数 ${named(param)}，'${model}' 需要 ${list(settable)}，请在 'fal' 中设置。`,
		no_picture_model: ({ model }, param) => `${invalid(param)}'${echo(model)}' 不生成图片。`,
		schema_unreadable: ({ model }, param) =>
			`${invalid(param)}无法读取 fal 公布的 '${echo(model)}' 的接口定义，因此无法调用它。`,
		format_of_model: ({ model, allowed }, param) => `${invalid(param)}'${model}' 支持的格式为 ${list(allowed)}。`,
		image_size: ({ max }, param) => `${invalid(param)}应为预设尺寸的名称，或 1 到 ${max} 像素的宽和高。`,
		forbidden: ({ why }, param) => `${invalid(param)}此处不能设置，因为${WHY_FORBIDDEN[why]}。`,
		too_much: ({ fields, chars, depth }, param) =>
			`${invalid(param)}'fal' 最多 ${fields} 个字段、${chars} 个字符、${depth} 层嵌套。`,
		message_too_long: ({ max }, param) => `${invalid(param)}用户的最后一条消息最多 ${max} 个字符。`,
		message_data: (_, param) =>
			`${invalid(param)}用户最后一条消息的文字中含有图片的 data: 地址等大段数据，而提示词只能是文字。`,
		only_a_size: (_, param) => `${invalid(param)}只写了尺寸，没有写要画的内容。`,
		task_stream: (_, param) => `${invalid(param)}异步任务不支持流式输出，请去掉该参数，或不使用 'async'。`,
		size_of_model: ({ got, model, takes }, param) =>
			`${invalid(param)}'${echo(got)}' 不是有效的尺寸。'${model}' 支持 ${sizes(takes)}。`,
		resolution_of_model: ({ got, model, takes }, param) =>
			`${invalid(param)}'${echo(got)}' 是分辨率，而 '${model}' 不能选择分辨率，'size' 支持 ${sizes(takes)}。`,
		webhook_address: (_, param) => `${invalid(param)}应为公网可访问的 https 地址，且不含用户名和密码。`,
		account_name: (_, param) => `${invalid(param)}应为 1 到 32 个字符，只能包含 a-z、0-9、'_' 和 '-'。`,
		too_many_keys: ({ max }, param) => `${invalid(param)}该账户已有 ${max} 个密钥，达到上限，请先删除不再使用的密钥。`,
		unlike: ({ example }, param) => `${invalid(param)}格式应如 '${example}'。`,
		too_many_accounts: ({ max }, param) => `${invalid(param)}一份报表最多包含 ${max} 个账户，请指定要查询的账户。`,
		too_many_groups: ({ max }, param) =>
			`${invalid(param)}每个时间段最多 ${max} 个分组，请减少分组字段，或指定模型或密钥。`,
		being_erased: (_, param) => `${invalid(param)}正在清除该账户的数据，请在完成后重试。`,
		duration: ({ maxDays }, param) =>
			`${invalid(param)}应为数字加单位 's'、'm'、'h' 或 'd'（如 '48h'），最长 ${maxDays} 天。`,
		no_size: ({ got }, param) =>
			`${invalid(param)}${got === null ? "" : `'${echo(got)}' 不是有效的尺寸，`}应为比例（如 16:9）或像素（如 1024x768）。`,
		one_side: (_, param) => `${invalid(param)}宽和高必须同时给出。`,
		contradiction: ({ other }, param) => `${invalid(param)}与 ${named(other)} 矛盾，请只发送其中一个。`,
		unreadable_picture: (_, param) =>
			`${invalid(param)}无法识别为图片，请使用 https 地址、data: 地址或图片内容的 base64。`,
		picture_file: (_, param) =>
			`${invalid(param)}Darkroom 只接受图片，也不保存文件。请直接发送图片的 https 地址或 data: 地址。`,
		no_such_picture: (_, param) => `${invalid(param)}该图片不存在，或不属于当前账户。`,
		no_picture_at: ({ place, has }, param) =>
			`${invalid(param)}消息中说的是第 ${place} 张图片，但只有 ${has} 张。请改用其中一张，或附上图片。`,
		nothing_to_edit: (_, param) => `${invalid(param)}没有可编辑的图片。请附上图片，或在已生成图片的对话中继续。`,
		picture_data: (_, param) => `${invalid(param)}图片数据无法解码，请发送 base64，前面加上 'data:image/png;base64,'。`,
		size_of_picture: ({ width, height }, param) => `${invalid(param)}尺寸必须与第一张图片相同（${width}x${height}）。`,
		picture_address: (_, param) => `${invalid(param)}应为公网可访问的 https 地址，或 data: 地址。`,
		picture_format: ({ got, taken }, param) =>
			`${invalid(param)}${got === null ? "文件内容不是图片" : `文件内容是${got === "text" ? "文字" : ` ${got}`}`}，应为 ${taken.slice(0, -1).join("、")} 或 ${taken.at(-1)}。`,
		picture_cut: (_, param) => `${invalid(param)}图片不完整，文件缺少结尾部分，请重新发送完整的图片。`,
		mask: ({ why }, param) => `${invalid(param)}${WHY_NO_MASK[why]}。`,
		earlier_running: (_, param) => `${invalid(param)}该 Response 还没有生成图片，请等它结束。`,
		stored_conversation: (_, param) =>
			`${invalid(param)}Darkroom 不保存对话。请发送 'previous_response_id'，或把之前的内容放入 'input'。`,
		unusable: (_, param) => `${invalid(param)}此处不能使用这个值。`,
	},
	bodies: {
		empty: `请求体为空。${EXPECTED}`,
		form: `请求体是表单。${EXPECTED}`,
		multipart: `请求体是 multipart 表单。${EXPECTED}`,
		broken: `请求体不是有效的 JSON。${EXPECTED}`,
		not_utf8: "请求体不是有效的 UTF-8。无论 content-type 如何，JSON 都应以 UTF-8 编码发送。",
		array: `请求体是 JSON 数组。${EXPECTED}`,
		value: `请求体是 JSON，但不是对象。${EXPECTED}`,
		no_webhook: "这不是 fal 的 webhook。",
	},
};

function sizes(takes: SizesTaken): string {
	switch (takes.kind) {
		case "ratio":
			return `${takes.ratios.join("、")}，或像素尺寸 WxH（取最接近的比例），或 auto`;
		case "pixels":
		case "sides":
			return `边长为 ${takes.min} 到 ${takes.max} 像素的尺寸 WxH（如 ${exampleOf(takes)}），或比例（如 16:9），或 auto`;
		case "text":
			return `${takes.sizes.join("、")}，或任意 WxH 或比例（如 16:9，取最接近的尺寸），或 auto`;
		case "none":
			return "auto（不能选择尺寸）";
		case "unknown":
			return "像素尺寸 WxH（如 1024x768），或比例（如 16:9），或 auto";
	}
}

function named(param: string | null): string {
	return param === null ? "请求体" : `'${echo(param)}'`;
}

function invalid(param: string | null): string {
	return `${named(param)} 的值无效：`;
}

function value(got: number | null): string {
	return got === null ? "" : `收到 ${got}，`;
}

function list(values: readonly string[]): string {
	return values.map((one) => `'${one}'`).join("、");
}
