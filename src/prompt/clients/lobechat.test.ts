import { CHAT, describeHiddenRequests, system, user } from "../../../test/support/hidden-requests.ts";

const HISTORY = "<chat_history>\n<user>a red fox</user>\n<assistant>…</assistant>\n</chat_history>";

describeHiddenRequests("LobeChat's newer versions", [
	[
		"the summary of a topic",
		[
			system("Summarize the conversation for future reference.\n\nRequirements:\n- Use the same primary language."),
			user("user: a red fox\nassistant: …"),
		],
		'{"description":"A red fox","summary":"a red fox"}',
	],
	[
		"a compressed history",
		[
			system("You are a conversation context compressor. Your task is to create a structured summary."),
			user(`${HISTORY}\n\nPlease compress the above conversation history.`),
		],
		"a red fox",
	],
	[
		"a summary of a history",
		[
			system("You're an assistant who's good at extracting key takeaways from conversations and summarizing them."),
			user(`${HISTORY}\n\nPlease summarize the above conversation and retain key information.`),
		],
		"a red fox",
	],
	[
		"replies to choose from",
		[
			system("You are a sidecar that extracts 0-4 quick-reply suggestions from the last assistant message. Each…"),
			user('Last assistant message:\n"""\n…\n"""'),
		],
		'{"chips":[]}',
	],
	[
		"the rest of what is typed, in JSON",
		[
			system(
				"You are an inline autocomplete engine for a chat input box. Predict what THIS user is about to type next and return it in the JSON object's `completion` field; the text is inserted verbatim at the cursor.",
			),
			user("<draft>\ndraw a<|cursor|>\n</draft>"),
		],
		'{"completion":""}',
	],
	[
		"the rest of what is typed",
		[
			system("You are an autocomplete engine for a chat input box. Predict and complete what the USER is typing."),
			user('Before cursor: "draw a"\nAfter cursor: ""'),
		],
		"",
	],
	[
		"the rest of what is typed, in the oldest words",
		[
			system("Complete the user's partially typed message. Output ONLY the missing text to insert at the cursor."),
			user('Before cursor: "draw a"\nAfter cursor: ""'),
		],
		"",
	],
	[
		"an assistant's skills",
		[
			system("你是一名擅长技能总结的助理，你需要将用户的输入的内容总结为一个角色技能简介，不超过 20 个字。"),
			user("输入: {画雪地里的红狐} [zh-CN]"),
		],
		"画雪地里的红狐",
	],
	[
		"questions to ask next",
		[
			user(
				"Based on this conversation context and the assistant's role, generate 3 relevant follow-up questions that a user might want to ask next.\n\nRecent conversation:\nUser: a red fox\nAssistant: …",
			),
		],
		"Draw it as a watercolour\nMake it night\nMake it 16:9",
	],
]);

describeHiddenRequests("Cherry Studio's assistants", [
	[
		"the prompt of an assistant",
		[
			system(
				"You are a Prompt Generator. You will integrate user input information into a structured Prompt using Markdown syntax.",
			),
			...CHAT.slice(0, 1),
		],
		"Draw a red fox, 16:9",
	],
]);
