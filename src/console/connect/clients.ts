/** The clients of docs/clients.md, as a table. A test holds it to that page. */

import type { Both, Client, ClientField } from "./client.ts";

function same(text: string): Both {
	return { en: text, zh: text };
}

function field(en: string, zh: string, value: string): ClientField {
	return { label: { en, zh }, value };
}

const MODEL = field("Model", "模型", "{model}");
const GREETS = { kind: "greeting", isStream: true } as const;
const LISTS = { kind: "models" } as const;

export const CLIENTS: readonly Client[] = [
	{
		id: "nextchat",
		name: "NextChat",
		heading: "NextChat",
		where: { en: "Settings → Custom Endpoint", zh: "设置 → 自定义接口" },
		fields: [
			field("OpenAI Endpoint", "接口地址", "{origin}"),
			field("OpenAI API Key", "API Key", "{key}"),
			field("Custom Model", "自定义模型名", "+{model}@OpenAI"),
			MODEL,
		],
		blocks: [
			{
				title: { en: "A server of your own: .env", zh: "自己部署的服务器：.env" },
				text: "BASE_URL={origin}\nOPENAI_API_KEY={key}\nCUSTOM_MODELS=+{model}@OpenAI",
			},
		],
		notes: [
			{ en: "Leave out /v1: NextChat adds it itself.", zh: "末尾不要加 /v1，NextChat 会自动补上。" },
			{
				en: "Its own list shows only names that begin with gpt-, so type the custom model, and then choose it in the chat.",
				zh: "NextChat 自带的列表只显示 gpt- 开头的模型，所以要手动填写自定义模型名，再到聊天里选择它。",
			},
		],
		first: LISTS,
	},
	{
		id: "gpt_image_playground",
		name: "gpt_image_playground",
		heading: "gpt_image_playground",
		where: { en: "Settings → API configuration (设置 → API 配置)", zh: "设置 → API 配置" },
		fields: [
			field("Configuration to import", "要导入的配置", "{origin}/integrations/gpt-image-playground.json"),
			field("API Key", "API Key", "{key}"),
		],
		blocks: [
			{
				title: {
					en: "Without the import: the Images or Responses mode",
					zh: "不导入时：使用 Images 或 Responses 模式",
				},
				text: "{origin}/v1",
			},
		],
		notes: [
			{
				en: "With the import it asks until the picture is there, so no proxy cuts it, and it goes on after a reload.",
				zh: "导入后它会轮询到图片生成为止：不会被代理掐断，刷新页面也能继续。",
			},
			{
				en: "In the two other modes the model is darkroom. In Responses mode a talker's model, such as gpt-5.5, does as well.",
				zh: "另外两种模式的模型填 darkroom；Responses 模式也可以填 gpt-5.5 这样的对话模型。",
			},
		],
		first: { kind: "manifest" },
	},
	{
		id: "open-webui",
		name: "Open WebUI",
		heading: "Open WebUI",
		where: {
			en: "Admin Panel → Settings → Connections → OpenAI API",
			zh: "管理员面板 → 设置 → 外部连接 → OpenAI 接口",
		},
		fields: [field("URL", "URL", "{origin}/v1"), field("Key", "密钥", "{key}"), MODEL],
		blocks: [],
		notes: [
			{
				en: "To draw from within another model's chat: Settings → Images, engine OpenAI, with the same URL and key, and a model of the list. Settings → Images → Edit takes the same.",
				zh: "想在其他模型的对话里画图：在“设置 → 图像”中把引擎设为 OpenAI，填同样的地址和密钥，模型从列表里选；“编辑”一栏也填同样的内容。",
			},
			{
				en: "It fetches such a picture itself, and refuses private addresses.",
				zh: "这种图片由 Open WebUI 自己下载，它会拒绝内网地址。",
			},
		],
		first: LISTS,
	},
	{
		id: "lobechat",
		name: "LobeChat",
		heading: "LobeChat",
		where: { en: "Settings → AI Service Provider → OpenAI", zh: "设置 → AI 服务商 → OpenAI" },
		fields: [
			field("API Key", "API Key", "{key}"),
			field("API proxy address", "API 代理地址", "{origin}/v1"),
			field("Model, added by hand", "手动添加的模型", "{model}"),
		],
		blocks: [
			{
				title: { en: "A server of your own: .env", zh: "自己部署的服务器：.env" },
				text: "OPENAI_PROXY_URL={origin}/v1\nOPENAI_API_KEY={key}\nOPENAI_MODEL_LIST=-all,+{model}",
			},
		],
		notes: [
			{
				en: "Fetched names with imagen, flux or image in them are hidden in its chat: add darkroom by hand.",
				zh: "自动获取的模型里，名称含 imagen、flux、image 的不会出现在聊天中，所以要手动添加 darkroom。",
			},
			{
				en: "On its drawing page, write a model with :image behind it, such as darkroom:image.",
				zh: "在绘画页面使用时，在模型名后加 :image，例如 darkroom:image。",
			},
		],
		first: { ...GREETS, says: "hello" },
	},
	{
		id: "cherry-studio",
		name: "Cherry Studio",
		heading: "Cherry Studio",
		where: { en: "Settings → Model Provider → Add, type OpenAI", zh: "设置 → 模型服务 → 添加，提供商类型选 OpenAI" },
		fields: [
			field("API Key", "API 密钥", "{key}"),
			field("API Host", "API 地址", "{origin}"),
			field("Model ID", "模型 ID", "{model}"),
		],
		blocks: [],
		notes: [
			{
				en: "It adds /v1/… itself. A slash at the end of the address leaves that out.",
				zh: "地址后面会自动补上 /v1/…；如果以 / 结尾，则不补 /v1。",
			},
			{
				en: "Names with imagen in them go to the Images API, without a size.",
				zh: "名称含 imagen 的模型会走 Images 接口，且不带尺寸。",
			},
		],
		first: { ...GREETS, says: "hi" },
	},
	{
		id: "librechat",
		name: "LibreChat",
		heading: "LibreChat",
		where: { en: "librechat.yaml and .env", zh: "librechat.yaml 和 .env" },
		fields: [],
		blocks: [
			{
				title: same("librechat.yaml"),
				text: `endpoints:
  custom:
    - name: "Darkroom"
      apiKey: "\${DARKROOM_KEY}"
      baseURL: "{origin}/v1"
      models: { default: ["{model}"], fetch: false }
      titleConvo: true
      titleModel: "{model}"`,
			},
			{ title: same(".env"), text: "DARKROOM_KEY={key}" },
			{
				title: { en: ".env, for the image tool of its agents", zh: ".env：智能体的画图工具" },
				text: "IMAGE_GEN_OAI_BASEURL={origin}/v1\nIMAGE_GEN_OAI_API_KEY={key}\nIMAGE_GEN_OAI_MODEL={model}",
			},
		],
		notes: [{ en: "Titles cost nothing.", zh: "生成对话标题不花钱。" }],
		first: LISTS,
	},
	{
		id: "chatbox",
		name: "Chatbox",
		heading: "Chatbox",
		where: {
			en: "Settings → Model Provider → Add, mode OpenAI API compatible",
			zh: "设置 → 模型提供方 → 添加，API 模式选“OpenAI API 兼容”",
		},
		fields: [field("API Key", "API 密钥", "{key}"), field("API Host", "API 主机", "{origin}"), MODEL],
		blocks: [],
		notes: [
			{
				en: "Leave the API path empty: it becomes /v1/chat/completions.",
				zh: "“API 路径”留空即可，会自动使用 /v1/chat/completions。",
			},
		],
		first: LISTS,
	},
	{
		id: "sillytavern",
		name: "SillyTavern",
		heading: "SillyTavern",
		where: {
			en: "API Connections → Chat Completion, source Custom (OpenAI-compatible)",
			zh: "API 连接 → 聊天补全，来源选“自定义（兼容 OpenAI）”",
		},
		fields: [
			field("Custom Endpoint (Base URL)", "自定义端点（基础 URL）", "{origin}/v1"),
			field("Custom API Key", "自定义 API 密钥", "{key}"),
			field("Model ID", "模型 ID", "{model}"),
		],
		blocks: [],
		notes: [
			{
				en: "Use it in a chat of its own: the character's prompts stand before your message, and only the last message of the user is drawn.",
				zh: "请单独开一个聊天使用：角色的提示词会排在你的消息前面，而 Darkroom 只画用户的最后一条消息。",
			},
			{
				en: "Its own image extension calls OpenAI at a fixed address, so it cannot be used.",
				zh: "它自带的画图扩展只会请求 OpenAI 的固定地址，无法使用。",
			},
		],
		first: LISTS,
	},
	{
		id: "new-api",
		name: "new-api, one-api",
		heading: "new-api and one-api, as an upstream channel",
		where: { en: "Channels → Add, type OpenAI", zh: "渠道 → 添加渠道，类型选 OpenAI" },
		fields: [
			field("Base URL", "API 地址（Base URL）", "{origin}"),
			field("Key", "密钥", "{key}"),
			field("Models", "模型", "{model}"),
		],
		blocks: [],
		notes: [
			{
				en: "Leave out /v1. Tests of the channel cost nothing: they are answered as text.",
				zh: "不要加 /v1。渠道测试不花钱：只会返回文字。",
			},
			{
				en: "Set the price of a picture in the channel's own billing: it cannot know what fal bills.",
				zh: "每张图片的价格要在渠道的计费里自行设置，它无法知道 fal 的实际扣费。",
			},
		],
		first: { kind: "greeting", isStream: false, says: "hi", maxTokens: 16 },
	},
	{
		id: "dify",
		name: "Dify",
		heading: "Dify",
		where: {
			en: "Settings → Model Provider → OpenAI-API-compatible",
			zh: "设置 → 模型供应商 → OpenAI-API-compatible",
		},
		fields: [
			field("Model type", "模型类型", "LLM"),
			field("Model name", "模型名称", "{model}"),
			field("API Key", "API Key", "{key}"),
			field("API endpoint URL", "API endpoint URL", "{origin}/v1"),
			field("Completion mode", "Completion mode", "Chat"),
		],
		blocks: [],
		notes: [
			{ en: "Switch streaming on.", zh: "请开启流式输出。" },
			{
				en: "In a workflow, an HTTP request to the Images API suits better: see curl.",
				zh: "在工作流里，更适合用 HTTP 请求节点调用 Images 接口，写法见 curl。",
			},
		],
		first: { kind: "greeting", isStream: false, says: "ping", maxTokens: 5 },
	},
	{
		id: "n8n",
		name: "n8n",
		heading: "n8n",
		where: { en: "Credentials → OpenAI", zh: "Credentials → OpenAI" },
		fields: [field("API Key", "API Key", "{key}"), field("Base URL", "Base URL", "{origin}/v1")],
		blocks: [],
		notes: [
			{
				en: "Then use OpenAI → Generate an Image. If the node offers no free model name, use the HTTP Request node with that credential.",
				zh: "然后使用 OpenAI → Generate an Image 节点；如果节点不能自填模型名，就用 HTTP Request 节点搭配这个凭证。",
			},
			{
				en: "A workflow that waits for long pictures does better with Prefer: respond-async.",
				zh: "生成较慢的图片时，建议加请求头 Prefer: respond-async。",
			},
		],
		first: LISTS,
	},
	{
		id: "curl",
		name: "curl",
		heading: "curl",
		where: null,
		fields: [],
		blocks: [
			{
				title: { en: "A picture", zh: "画一张图" },
				text: `curl {origin}/v1/images/generations \\
  -H 'Authorization: Bearer {key}' -H 'Content-Type: application/json' \\
  -d '{"model":"{model}","prompt":"A red fox in the snow, watercolour","size":"16:9","response_format":"url"}'`,
			},
			{
				title: { en: "The models, which cost nothing", zh: "列出模型，不花钱" },
				text: "curl {origin}/v1/models -H 'Authorization: Bearer {key}'",
			},
		],
		notes: [
			{
				en: "With an Idempotency-Key header the same line can be sent again, and is paid once.",
				zh: "加上 Idempotency-Key 请求头后，同一条命令可以放心重发，只付费一次。",
			},
		],
		first: LISTS,
	},
	{
		id: "openai-js",
		name: "openai (JavaScript)",
		heading: null,
		where: null,
		fields: [],
		blocks: [
			{
				title: same("JavaScript"),
				text: `import OpenAI from "openai";

const client = new OpenAI({ baseURL: "{origin}/v1", apiKey: "{key}" });

const { data } = await client.images.generate({
	model: "{model}",
	prompt: "A red fox in the snow, watercolour",
	size: "16:9",
	response_format: "url",
});
console.log(data?.[0]?.url);`,
			},
		],
		notes: [],
		first: LISTS,
	},
	{
		id: "openai-python",
		name: "openai (Python)",
		heading: null,
		where: null,
		fields: [],
		blocks: [
			{
				title: same("Python"),
				text: `from openai import OpenAI

client = OpenAI(base_url="{origin}/v1", api_key="{key}")

answer = client.images.generate(
    model="{model}",
    prompt="A red fox in the snow, watercolour",
    size="16:9",
    response_format="url",
)
print(answer.data[0].url)`,
			},
		],
		notes: [],
		first: LISTS,
	},
	{
		id: "ai-sdk",
		name: "AI SDK",
		heading: null,
		where: null,
		fields: [],
		blocks: [
			{
				title: same("JavaScript"),
				text: `import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateImage } from "ai";

const darkroom = createOpenAICompatible({ name: "darkroom", baseURL: "{origin}/v1", apiKey: "{key}" });
const { images } = await generateImage({ model: darkroom.imageModel("{model}"), prompt: "A red fox", size: "1024x1024" });`,
			},
		],
		notes: [
			{
				en: "LangChain's ChatOpenAI and the AI SDK's own OpenAI provider work too, with the same address as baseURL.",
				zh: "LangChain 的 ChatOpenAI 和 AI SDK 自带的 OpenAI provider 也可以用，baseURL 填同样的地址。",
			},
		],
		first: LISTS,
	},
];
