/** NextChat's hidden requests: titles and summaries, which it sends as the system, and its forks as the user. */

import { type HiddenPrompt, summary, title } from "./hidden-prompt.ts";

/** Matches the beginnings of its prompts in each language: `Store.Prompt.Topic` and `Store.Prompt.Summarize` of app/locales. */
const LOCALES: readonly (readonly [topic: RegExp, summarize: RegExp])[] = [
	[/^Please generate a four to five word title/, /^Summarize (?:the|our) discussion briefly in /],
	[/^使用四到五个字直接返回这句话的简要主题/, /^简要总结一下(?:对话内容|你和用户的对话)，用作后续的上下文提示/],
	[
		/^Use the language used by the user [^\n]*to generate a title/,
		/^Use the language used by the user [^\n]*to summarise the conversation/,
	],
	[/^使用四到五個字直接返回這句話的簡要主題/, /^簡要總結一下(?:對話內容|你和使用者的對話)，用作後續的上下文提示/],
	[/^استخدم أربع إلى خمس كلمات لإرجاع ملخص مختصر/, /^قم بتلخيص محتوى الدردشة باختصار/],
	[/^চার থেকে পাঁচটি শব্দ ব্যবহার করে এই বাক্যের সংক্ষিপ্ত থিম দিন/, /^আলোচনার বিষয়বস্তু সংক্ষিপ্তভাবে সারাংশ করুন/],
	[/^Použijte čtyři až pět slov pro stručné téma této věty/, /^Stručně shrňte obsah konverzace/],
	[/^Find en kort overskrift med 4-5 ord om emnet/, /^Skriv et kort resumé \(under 200 ord\) af vores samtale/],
	[/^Geben Sie ein kurzes Thema in vier bis fünf Wörtern zurück/, /^Fassen Sie den Gesprächsinhalt zusammen/],
	[
		/^Devuelve un tema breve de esta frase en cuatro a cinco palabras/,
		/^Resume brevemente el contenido de la conversación/,
	],
	[/^Utilisez quatre à cinq mots pour retourner le sujet succinct/, /^Faites un résumé succinct de la discussion/],
	[
		/^Gunakan empat hingga lima kata untuk langsung memberikan ringkasan topik/,
		/^Berikan ringkasan singkat tentang konten obrolan/,
	],
	[/^Riporta il tema di questa frase in modo conciso/, /^Riassumi brevemente il contenuto della conversazione/],
	[/^この文の簡潔なテーマを四から五文字で返してください/, /^対話の内容を簡潔に要約し/],
	[/^네 글자에서 다섯 글자로 이 문장의 간략한 주제를 반환하세요/, /^대화 내용을 간략히 요약하여/],
	[/^Bruk fire til fem ord for å returnere en kort oppsummering/, /^Oppsummer samtalen kort/],
	[/^Por favor, gere um título de quatro a cinco palavras/, /^Resuma a discussão brevemente em 200 palavras ou menos/],
	[/^Укажите краткую тему этого сообщения/, /^Кратко подведите итоги содержимого беседы/],
	[/^Prosím, vygenerujte štvor- až päťslovný titul/, /^Stručne zhrňte diskusiu/],
	[/^Bu cümlenin dört ila beş kelimelik kısa başlığını/, /^Sohbet içeriğini kısaca özetleyin/],
	[/^Sử dụng bốn đến năm từ để trả lại chủ đề/, /^Tóm tắt nội dung cuộc trò chuyện/],
];

export const NEXTCHAT: readonly HiddenPrompt[] = LOCALES.flatMap(([topic, summarize]) => [
	{ sentAs: "user", pattern: topic, answer: title } as const,
	{ sentAs: "either", pattern: summarize, answer: summary } as const,
]);
