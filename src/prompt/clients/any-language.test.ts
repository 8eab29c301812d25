import { describe, expect, it } from "vitest";
import { CHAT, describeHiddenRequests, type HiddenCase, user } from "../../../test/support/hidden-requests.ts";
import { answerHiddenRequest } from "../hidden-requests.ts";

const said = (text: string): HiddenCase => [text, [...CHAT, user(text)], "A red fox"];

describeHiddenRequests("any client in further languages", [
	said("Genera un título breve de 4 palabras para esta conversación. Responde solo con el título."),
	said("Crea un título, corto y claro, de esta charla"),
	said("Escribe el título de este chat:"),
	said("Gere um título curto para esta conversa em até 5 palavras."),
	said("Sugira um título curto desta conversa"),
	said("Génère un titre court de 5 mots maximum pour cette conversation. Réponds uniquement avec le titre."),
	said("Proposez un titre pour cette discussion"),
	said("Genera un titolo breve per questa conversazione"),
	said("Scrivi un titolo per questa chat!"),
	said("Erstelle einen kurzen, prägnanten Titel mit höchstens 5 Wörtern für diese Unterhaltung. Antworte nur so."),
	said("Formuliere einen Titel für dieses Gespräch"),
	said("Придумай короткое название для этого диалога, не более 5 слов. Выведи только название."),
	said("Сгенерируйте заголовок для этой беседы"),
	said("この会話に短いタイトルを付けてください。タイトルのみを出力してください。"),
	said("このチャットのタイトルを生成してください"),
	said("이 대화의 제목을 5단어 이내로 만들어 주세요. 제목만 출력하세요."),
	said("이 채팅 제목 생성"),
]);

describe("an ordinary message in these languages", () => {
	it.each([
		"Genera un póster con título para esta conversación",
		"Crea un título en letras de oro para esta conversación",
		"Genera un título para esta conversaciónista",
		"Genera una imagen. Un título para esta conversación",
		"Crie uma capa com título para esta conversa",
		"Génère une affiche avec un titre pour cette conversation",
		"Erstelle ein Bild mit Titel für diese Unterhaltung",
		"Erstelle einen Titel in Kreide für diesen Chat",
		"Создай плакат с названием для этого чата",
		"この会話のタイトルをネオンで描いてください",
		"この会話を絵にして。タイトルを付けて",
		"이 대화를 그려 주세요. 제목을 만들어 주세요",
	])("draws %j", (text) => {
		expect(answerHiddenRequest([...CHAT, user(text)])).toBeNull();
	});
});
