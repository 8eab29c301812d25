import { CHAT, describeHiddenRequests, PICTURE, system, user } from "../../../test/support/hidden-requests.ts";

const SAID = "Draw a red fox, 16:9";
const SEARCHES = ["web researcher who can access", "knowledge base researcher, your", "researcher with access to both"];

describeHiddenRequests("other clients", [
	[
		"Continue's newer title",
		[
			user(
				"Given the following... please reply with a title for the chat that is 3-4 words in length, no additional text or explanation, you don't need ending punctuation.\n\na red fox\n\n![Generated Image](https://gateway.test/images/1/0.png)",
			),
		],
		"A red fox",
	],
	[
		"SillyTavern's expression",
		[...CHAT, system("Ignore previous instructions. Classify the emotion of the last message. Output just one word.")],
		"neutral",
	],
	[
		"SillyTavern's prompt of a scene",
		[
			...CHAT,
			system("Ignore previous instructions. Your next response must be formatted as a single comma-delimited list."),
		],
		SAID,
	],
	[
		"SillyTavern's prompt of a person",
		[
			...CHAT,
			system("Ignore previous instructions and provide a detailed description of Seraphina's physical appearance."),
		],
		SAID,
	],
	[
		"SillyTavern's prompt of a character",
		[...CHAT, system("In the next response I want you to provide only a detailed comma-delimited list of keywords.")],
		SAID,
	],
	[
		"Chatbox's summary",
		[...CHAT, user("Provide a detailed summary for continuing this conversation.\nFocus on…")],
		SAID,
	],
	...SEARCHES.map(
		(who) =>
			[
				`Chatbox's choice of a ${who.slice(0, 10)}`,
				[system(`As a professional ${who}`), user(SAID)],
				'{"action":"proceed"}',
			] as const,
	),
	[
		"big-AGI's diagram",
		[
			...CHAT,
			user("Analyze the following short exchange and call the function draw_plantuml_diagram with the results."),
		],
		"A red fox",
	],
	[
		"Page Assist's title",
		[
			user(
				"Here is the query:\n\n--------------\n\nDraw a red fox,\n16:9\n\n--------------\n\nCreate a concise, 3-5 word phrase as a title for the previous query. Avoid quotation marks or special formatting. RESPOND ONLY WITH THE TITLE TEXT. ANSWER USING THE SAME LANGUAGE AS THE QUERY.\n\n\nExamples of titles:\n\nStellar Achievement Celebration\n\nResponse:",
			),
		],
		"A red fox",
	],
	[
		"Open WebUI's title of 2024",
		[
			user(
				"Here is the query:\nDraw a red fox\n\nCreate a concise, 3-5 word phrase with an emoji as a title for the previous query. Suitable Emojis for the summary can be used.\n\nExamples of titles:\n📉 Stock Market Trends\n\nResponse:",
			),
		],
		"A red fox",
	],
	[
		"Page Assist's search",
		[
			user(
				"You will rephrase follow-up questions into concise, standalone search queries\n\nExamples:\nFollow-up question: What are the symptoms?\nsymptoms\n\nPrevious Conversation:\n\nFollow-up question: a red fox\n",
			),
		],
		"a red fox",
	],
	[
		"LangChain's question",
		[
			user(
				"Given the following conversation and a follow up question, rephrase the follow up question to be a standalone question.   Chat History: Human: hi Follow Up Input: a red fox Standalone question:",
			),
		],
		"a red fox",
	],
	[
		"Obsidian Copilot's question",
		[
			PICTURE,
			user(
				"Given the following conversation and a follow-up question,\n    summarize the conversation as context and keep the follow up question unchanged.\n    Follow Up Input: a red fox\n    Standalone question:",
			),
		],
		"a red fox",
	],
	[
		"HuggingChat's title",
		[
			system("You are a chat thread titling assistant.\nGoal: Produce a very short title."),
			user('User message: "a red fox"'),
		],
		"A red fox",
	],
	[
		"mem0's update of a memory",
		[system("You are a smart memory manager which controls the memory of a system.\nYou can…"), user("…")],
		'{"memory":[]}',
	],
	[
		"Cherry Studio's title in Russian",
		[
			system("Кратко изложите диалог в виде заголовка длиной до 10 символов на языке ru."),
			user('[{"role":"user","mainText":"a red fox"},{"role":"assistant","mainText":"…"}]'),
		],
		"A red fox",
	],
	[
		"Cherry Studio's title in Japanese",
		[system("会話をja-JPで10文字以内のタイトルに要約し"), user('[{"role":"user","content":"红狐"}]')],
		"红狐",
	],
	[
		"ChatMCP's title",
		[
			user(
				"Generate a concise title based on the following conversation content.\n\nConversation content:\nHuman: a red fox\nAssistant: ok\n\nPlease return the result in the following XML format:\n<title>Your generated title (max 20 characters)</title>",
			),
		],
		"<title>A red fox</title>",
	],
	[
		"Claude Code's title",
		[
			system("You are Claude Code, Anthropic's official CLI for Claude."),
			system("Analyze if this message indicates a new conversation topic. If it does, extract a 2-3 word title."),
			user(SAID),
		],
		'{"isNewTopic":true,"title":"A red fox"}',
	],
	[
		"VS Code Copilot's progress",
		[
			system("You are an expert in writing short, catchy, and encouraging progress messages for a coding assistant."),
			user(SAID),
		],
		"A red fox",
	],
]);
