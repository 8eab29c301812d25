/** Reads the traditional script as the simplified one, in which the word lists of this folder are written. */

import { listOf } from "../text.ts";

/** Each character of the word lists that has other traditional forms, with those behind it. */
const FORMS = listOf(
	"萤螢, 绝絕, 级級, 区區, 东東, 纪紀, 书書, 赛賽, 亚亞, 结結, 马馬, 启啓啟, 录彔錄, 兰蘭, 经經, 绣綉繡, 夺奪, 晋晉, 杀殺, 闹鬧",
	"挂掛",
	"与與, 丑醜, 专專, 丢丟, 两兩, 严嚴, 个個箇, 为為, 丽麗, 么麼麽, 乱亂, 于於, 仅僅, 从從, 们們, 优優",
	"会會, 传傳, 体體, 余餘, 侧側, 修脩, 僵殭, 儿兒, 兑兌, 内內, 写寫, 凌淩, 减減, 几幾, 出齣, 击擊, 划劃",
	"刚剛, 创創, 删刪, 别別彆, 制製, 办辦, 务務, 动動, 势勢, 升昇陞, 单單, 即卽, 厂廠, 压壓, 厘釐, 参參蔘",
	"双雙, 发發髮, 变變, 只隻, 台檯臺颱, 合閤, 同衕, 后後, 向嚮曏, 吓嚇, 吗嗎, 呗唄, 员員, 周週, 喽嘍, 噪譟",
	"回迴, 围圍, 图圖, 场場, 坞塢, 处處, 备備, 复復複, 够夠, 头頭, 夸誇, 妆妝, 实實, 宽寬, 对對, 将將",
	"尽儘盡, 局侷, 布佈, 师師, 带帶, 帮幫, 并並併, 床牀, 应應, 开開, 张張, 强強, 态態, 总總, 恼惱, 战戰",
	"户戶, 才纔, 扩擴, 抠摳, 报報, 择擇, 拼拚, 挤擠, 换換, 据據, 摄攝, 数數, 旋鏇, 无無, 时時, 显顯, 暗闇",
	"机機, 杂雜, 权權, 条條, 来來, 杯盃, 板闆, 构構, 标標, 栋棟, 样樣, 横橫, 欢歡, 气氣, 污汙, 没沒, 注註",
	"浅淺, 测測, 浓濃, 涂塗, 渍漬, 满滿, 滤濾, 灯燈, 点點, 烦煩, 现現, 电電, 画畫, 皱皺, 盖蓋, 盘盤, 真眞",
	"着著, 础礎, 确確, 种種, 竖竪豎, 笔筆, 签簽籤, 简簡, 类類, 糊餬, 系係繫, 红紅, 约約, 纵縱, 纸紙, 纹紋",
	"线綫線, 组組, 细細, 绍紹, 绘繪, 给給, 统統, 绩績, 绪緒, 绿綠, 编編, 缘緣, 缩縮, 网網, 罗羅, 群羣",
	"肃肅, 肤膚, 胜勝, 脑腦, 脚腳, 脱脫, 脸臉, 腻膩, 致緻, 艳艷豔, 节節, 获獲穫, 蓝藍, 虚虛, 补補, 表錶",
	"装裝, 见見, 规規, 视視, 觉覺, 触觸, 计計, 让讓, 记記, 许許, 设設, 识識, 词詞, 译譯, 试試, 诗詩, 话話",
	"该該, 请請, 谁誰, 调調, 谢謝, 负負, 败敗, 质質, 贴貼, 赔賠, 赢贏, 转轉, 软軟, 轻輕, 辆輛, 辑輯, 输輸",
	"边邊, 达達, 过過, 运運, 还還, 这這, 进進, 远遠, 连連, 迹跡蹟, 选選, 邮郵, 采埰寀採, 释釋, 里裏裡",
	"针針鍼, 钟鈡鍾鐘, 销銷, 锁鎖, 锐銳, 错錯, 镜鏡, 长長, 问問, 间間, 阴陰, 险險, 隐隱, 雾霧, 面麪麫麵",
	"顶頂, 顺順, 须須鬚, 领領, 颗顆, 题題, 颜顏, 风風, 饱飽, 鲜鮮, 黄黃, 龄齡",
);

const SIMPLIFIED: ReadonlyMap<string, string> = new Map(
	FORMS.flatMap(([simplified = "", ...forms]) => forms.map((form) => [form, simplified] as const)),
);
const TRADITIONAL = new RegExp(`[${[...SIMPLIFIED.keys()].join("")}]`, "gu");

/** Returns a text in simplified characters, as far as the word lists have them. Each stands at the same place as before. */
export function toSimplified(text: string): string {
	return text.replace(TRADITIONAL, (char) => SIMPLIFIED.get(char) ?? char);
}
