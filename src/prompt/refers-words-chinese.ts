/** The words that tell a change of the last picture from a picture of its own in Chinese, as data. `refers-patterns-chinese.ts` joins them. */

import { listOf } from "../text.ts";

export const CHINESE = {
	/** Words that a clause may begin with and that say nothing of what is asked. */
	fillers: listOf(
		"请, 請, 麻烦, 帮我, 帮忙, 给我, 替我, 能不能, 能否, 可不可以, 可以, 能, 我想, 我希望, 希望, 想要, 现在, 然后, 接着, 那, 那就, 好, 好的, 很好, 非常好",
		"不像, 不太像, 不对, 不太对, 不行, 不够, 还不够, 不是, 真好看, 好看, 太棒了, 我觉得, 感觉, 不错, 挺好, 我喜欢, 我更喜欢, 我选, 可以了, 完美, 但是, 但, 不过, 就, 只, 只要, 只是, 还是, 还要, 另外, 顺便, 最好, 稍微, 也, 并, 并且, 同时, 再帮我, 嗯, 哦, 谢谢, 太好了, 喜欢, 很喜欢",
		"要不, 不如, 干脆, 这次, 接下来, 直接, 最后, 首先, 先, 就是, ok, okay",
		"哈, 呵呵, 嘿嘿, 嘻嘻, 哇塞, 哇, 噢, 喔, 诶, 欸, 哎, 啊这, emm, emmm, haha, lol, 你好, 您好, 不好意思, 抱歉, 对了, 烦请",
	),
	/** `亲，加个帽子`: whole clauses that call somebody. */
	calls: listOf("亲, 亲爱的, 宝, 宝子, 老师, 大佬, 额, 呃, 啧, 天哪, 天啊, 我的天"),
	/** `画得真不错`, `不好看`: what is said of the last picture as a whole. It holds no wish. */
	judged: listOf("画得, 画的, 做得, 效果, 整体, 总体, 看起来, 我, 它"),
	judgedHow: listOf(
		"真, 真的, 很, 挺, 还, 还算, 非常, 特别, 蛮, 太, 超, 超级, 好, 也, 都, 确实, 更, 最, 比较, 相当, 十分, 不, 不太, 不是很, 不怎么, 有点",
	),
	judgements: listOf(
		"不错, 好看, 棒, 漂亮, 美, 可以, 行, 好, 喜欢, 满意, 完美, 赞, 厉害, 难看, 丑, 一般, 可爱, 帅, 酷, 惊艳, 到位, 像, 牛逼, 绝, 精美, 给力, 逼真, 搞笑, 好笑, 有趣, 有意思, 失望",
	),
	/** `绝绝子`: whole clauses that praise and blame. */
	exclamations: listOf(
		"绝绝子, 爱了, 爱了爱了, 笑死, 笑死我, 美哭, 太牛, 牛啊, 不怎么样, 一般般, 有点意思, 什么鬼, 跟真的一样, 比上一张好多, 一点都不像, 无语",
	),
	/** `不用改了`, `等一下`: whoever says so wants nothing more. */
	refusals: listOf("不用, 不要, 不需要, 无需, 不必, 没必要, 没有要, 别, 先别, 先不, 不"),
	refused: listOf("改, 换, 画, 修, 调, 动, 弄, 修改, 更改, 改动, 生成, 产生, 调整, 编辑, 继续"),
	enough: listOf(
		"等等, 等会, 等会儿, 等一下, 等一等, 稍等, 稍等一下, 够了, 没问题, 先这样, 就这样, 这样就行, 这样就好, 这样就可以, 算了不画",
	),
	/** Words for the last picture at the beginning of a clause: `这张图里的文字去掉`. */
	references: listOf(
		"这张, 这幅, 这个, 这副, 上一张, 上张, 上一幅, 上面那张, 上面这张, 最后一张, 最后那张, 最后一幅, 刚才那张, 刚才的, 刚刚那张, 刚刚的, 前一张, 前面那张, 原来的, 原图, 此图, 该图",
	),
	referenceNouns: listOf("图片, 照片, 图像, 图, 画, 画面, 作品"),
	referenceEnds: listOf("里面的, 里的, 中的, 上的, 的, 里面, 里, 中, 上, 基础上, 的基础上, 为基础, 为底"),
	/** `把背景改成海滩`: verbs behind what is changed. */
	changes: listOf(
		"改, 换, 替换, 变, 染, 做得, 放, 涂, 画成, 画得, 画大, 画小, 做成, 调, 去掉, 去除, 去了, 删, 移, 擦, 抹, 拿掉, 拿走, 放大, 缩小, 放到, 放在, 转成, 转换, 裁, 弄, 设为, 修, 补, 提亮, 压暗, 虚化",
		"模糊, 抠, P掉, p掉, P成, p成, 加, 处理, 清理, 清除, 消除, 隐藏, 遮, 盖, 拉, 挪, 旋转, 翻转, 反转, 扩, 延长, 缩短, 优化, 美化, 简化, 增强, 减弱, 融合, 合成, 上色, 还原, 恢复, 睁, 闭, 举, 抬, 摘, 脱, 翻译",
	),
	/** `换成夜晚`: the same without a noun before them. */
	becomes: listOf(
		"改成, 改为, 换成, 换为, 换上, 变成, 变为, 变得, 转成, 转为, 调成, 调整为, 调整成, 设为, 设成, 替换成, 替换为, 做成, 弄成, 画成, P成, p成, 裁成, 裁剪成, 裁剪为, 改得, 调得, 画得",
		"处理成, 渲染成, 翻译成, 染成, 涂成, 变回, 改回, 换回",
	),
	/** `戴上王冠的女王`: last words of whoever does what stands before 的. */
	doers: listOf(
		"人, 孩, 孩子, 女生, 男生, 学生, 医生, 女子, 男子, 少女, 少年, 青年, 姑娘, 奶奶, 爷爷, 妈妈, 爸爸, 宝宝, 女王, 国王, 公主, 王子, 新娘, 新郎, 骑士, 战士, 武士, 海盗, 小丑, 帅哥, 美女, 情侣, 师, 者, 员, 匠, 兵, 侠",
		"猫, 狗, 狐狸, 熊, 兔子, 猫头鹰, 鹰, 鸟, 猴子, 老虎, 狮子, 企鹅, 虫, 蝴蝶",
	),
	/** `让爱传递 公益海报`: what a title is for, behind a blank. */
	titled: listOf(
		"海报, 插画, 封面, 标语, 漫画, 贺卡, 书法, 壁纸, 标志牌, 图标, 宣传画, 电影, 专辑, 绘本, 表情包, 公益广告, 广告",
	),
	/** `换个角度`: parts and qualities of any picture. */
	aspects: listOf(
		"角度, 视角, 姿势, 动作, 颜色, 色调, 配色, 背景, 风格, 衣服, 服装, 裙子, 表情, 发型, 发色, 头发, 光线, 灯光, 光影, 构图, 场景, 天气, 季节, 时间, 字体, 文字, 字, 标题, 画风, 笔触, 滤镜, 画质",
		"清晰度, 分辨率, 亮度, 对比度, 饱和度, 曝光, 尺寸, 比例, 画幅, 人物, 主体, 脸, 眼睛, 眼神, 嘴, 鼻子, 耳朵, 手, 手指, 腿, 脚, 尾巴, 天空, 地面, 水印, 噪点, 边框, 边缘, 细节, 阴影, 高光, 画面, 整体, 前景",
		"logo, LOGO, 镜头, 景别, 材质, 纹理, 氛围, 气氛, 情绪, 五官, 皮肤, 肤色, 妆容, 帽子, 眼镜, 位置, 布局, 排版, 花纹, 图案, 款式, 路人, 杂物, 瑕疵, 雾, 噪",
	),
	/** `加一顶帽子`: what follows 加, which is also the beginning of other words. */
	afterAdd: listOf(
		"上, 一, 个, 点, 些, 入, 几, 两, 三, 多, 强, 亮, 深, 粗, 大, 水印, 文字, 字, 边框, 滤镜, 进, 只, 顶, 副, 条, 张, 件, 朵, 棵, 座, 雪, 雨, 雾, 阴影, 太阳, 月亮, 星星, 彩虹, 背景, 标题, 文案, 人物, 灯光",
	),
	add: listOf(
		"添, 添加, 增加, 加入, 加上, 插入, 补上, 补一, 补充, 放上, 放一, 放个, 放两, 写上, 写个, 印上, 贴上, 画上, 戴上, 穿上, 配上",
	),
	/** `给狐狸戴上围巾`: verbs behind a receiver. */
	/** `前面加一艘小船`: a place of the picture that is there. */
	places: listOf(
		"旁边, 上面, 下面, 左边, 右边, 前面, 后面, 里面, 外面, 上方, 下方, 左侧, 右侧, 中间, 中央, 左上角, 右上角, 左下角, 右下角, 角落里, 角落, 四周, 周围, 远处, 近处, 天上, 天空中, 天空, 空中, 地上, 水面上, 水上, 头上, 手里, 手上, 身上, 背后, 身后",
	),
	gives: listOf("加, 戴, 穿, 换, 画上, 添, 涂, 上色, 配, 打上, 打码, 装上, 补, 化, 剪, 留, 披, 系"),
	removes: listOf(
		"去掉, 去除, 去水印, 去背景, 去字, 去文字, 去雾, 去噪, 去路人, 去杂物, 去阴影, 去反光, 删掉, 删除, 删去, 移除, 移走, 擦掉, 擦除, 抹掉, 抹去, 拿掉, 拿走, P掉, p掉, 抠图, 抠出, 抠掉, 抠除, 遮住, 摘掉, 脱掉, 剪掉",
	),
	/** `隐藏水印`: verbs of removal that are the beginning of names, too, such as 取消文化 and 隐藏款. */
	removesThings: listOf("隐藏, 取消, 消除, 清除"),
	/** Names things that such a verb takes out of a picture. */
	removed: listOf(
		"掉, 一下, 这, 那, 它, 他, 她, 所有, 全部, 其他, 多余, 左, 右, 前面, 后面, 上面, 下面, 中间, 里面, 划痕, 痕迹, 污渍, 反光, 红眼, 皱纹, 斑, 痘, 电线, 行人",
	),
	/** `更衣室`: what 更 begins that compares nothing. */
	moreWords: listOf("衣, 夫, 鼓, 漏, 迭, 替, 年期, 生人"),
	/** `修复师`, `改变世界`: behind a verb of `adjusts`, these make a name of a person or thing, or a slogan. */
	notAdjusted: listOf(
		"师, 员, 官, 机, 机器, 器, 液, 坞, 工, 店, 厂, 节目, 字, 零件, 世界, 命运, 人生, 自我, 心态, 警惕, 碳排放, 排放, 污染, 效率, 压力, 烦恼, 生活, 未来, 成本, 风险, 意识, 多彩, 码, 物",
	),
	/** `不要文字`. */
	without: listOf("不要, 不需要, 别加, 别戴, 别有, 不带, 别太, 别这么, 别那么, 没必要, 不用"),
	/** `不要熬夜`: what a slogan warns of. */
	warnedOf: listOf(
		"停, 熬夜, 酒驾, 放弃, 害怕, 怕, 回头, 浪费, 酗酒, 吸毒, 抽烟, 吸烟, 迟到, 忘记, 说谎, 作弊, 焦虑, 内卷, 躺平",
	),
	/** `提高清晰度`: verbs of a quality. */
	adjusts: listOf(
		"提高, 提升, 降低, 减少, 增强, 减弱, 调整, 调高, 调低, 调亮, 调暗, 调大, 调小, 加深, 加强, 加亮, 优化, 美化, 简化, 强化, 细化, 锐化, 柔化, 虚化, 模糊, 修正, 修改, 修复, 修一, 修掉, 改一, 改掉, 改变, 更换, 替换, 更改, 缩小",
		"丰富, 提取, 裁剪, 裁掉, 扩展, 扩图, 拉近, 拉远, 上色, 磨皮, 美颜, 旋转到, 补全, 完善, 保留, 突出, 弱化, 横过来, 竖过来, 反过来, 倒过来, 转过来, 转过去",
	),
	/** Adjectives of pictures, behind 太. Praise is none of them. */
	faults: listOf(
		"暗, 亮, 黑, 白, 大, 小, 多, 少, 高, 低, 近, 远, 乱, 空, 满, 红, 蓝, 绿, 黄, 假, 糊, 模糊, 花, 淡, 浓, 艳, 鲜艳, 长, 短, 胖, 瘦, 老, 年轻, 严肃, 恐怖, 吓人, 卡通, 复杂, 简单, 普通, 丑, 单调, 密, 挤, 歪, 冷",
		"暖, 刺眼, 素, 虚, 油, 油腻, 僵硬, 夸张, 粗糙, 深, 浅, 写实, 抽象, 厚, 薄, 宽, 窄, 快, 慢, 硬, 软, 土, 俗, 灰",
	),
	/** `脸崩了`: what went wrong with something, before 了. */
	failures: listOf(
		"崩, 崩坏, 歪, 扭曲, 变形, 错, 反, 糊, 断, 穿帮, 重复, 不见, 消失, 没, 没画, 没画出来, 没加, 没加上, 没有, 看不清, 看不见, 画歪, 畸形",
	),
	/** `颜色不好看`: judgements of a part, which ask for another. */
	partFaults: listOf(
		"不好看, 难看, 丑, 奇怪, 怪, 怪怪的, 别扭, 不自然, 不协调, 不真实, 不清楚, 不清晰, 不像, 不行, 看不清, 看不见, 崩, 歪, 变形, 扭曲, 畸形",
	),
	/** `忘了加月亮`: reproaches that name what is there too often, or not at all. */
	lacks: listOf(
		"多了, 少了, 漏了, 漏掉, 漏画, 缺了, 多出, 多画, 少画, 没画, 没加, 没有画, 没有加, 没改, 没有改, 没换, 没去掉, 忘了加, 忘了画, 忘了给, 忘了把, 忘记加, 忘记画, 忘记给, 忘记把, 忘加, 忘画",
	),
	misspelt: listOf("错字, 错别字"),
	notThere: listOf("没有, 没看到, 没看见"),
	/** `我要的是两只猫`. */
	asked: listOf("要, 说, 想要, 想, 希望, 让你画"),
	limbs: listOf("手指, 手, 胳膊, 手臂, 腿, 脚, 脚趾, 眼睛, 耳朵, 尾巴, 头, 翅膀, 嘴巴, 嘴, 鼻子"),
	/** `月亮呢`: before 呢 these ask something else. */
	notMissing: listOf("你, 我, 怎么, 怎么办, 怎样, 为什么, 为啥, 什么, 然后, 后来, 现在, 其他, 另外"),
	/** `再亮一点`: ends of a clause that ask for a degree. */
	degrees: listOf("一点, 一些, 一下, 一点点, 点儿, 一丢丢, 些许"),
	particles: listOf("吧, 看看, 呢, 啊, 呗, 就好, 就行, 吗, 么, 可以吗, 好吗, 行吗, 谢谢, 试试, 的"),
	/** `再来一张`: whole clauses that ask for the same once more. */
	onceMore: listOf(
		"再来, 再试一次, 再试试, 再试一下, 重试, 换一张, 换一版, 再换一张, 换一个, 另一个版本, 同样的, 一样的, 一模一样, 一模一样的, 同款, 类似的",
		"撤销, 还原, 放大, 缩小, 换一下, 换, 换一换, 换换",
	),
	/** `放大这张图`. */
	worksOn: listOf(
		"编辑, 修改, 改, 处理, 优化, 调整, 修, 修复, 放大, 缩小, 美化, 细化, 裁剪, 锐化, 调亮, 调暗, 提亮, 上色",
	),
	/** `这张图和这张图合成`. */
	joins: listOf("合, 融, 拼, 结合, 混, 对调, 互换, 交换, 换, 叠, 一起"),
	/** `重画一遍` behind how: `用梵高的风格重画一遍`. */
	redo: listOf(
		"重画, 重绘, 重做, 重新画, 重新做, 重新生成, 重新产生, 重新绘制, 重新设计, 重新上色, 再画一遍, 再画一次, 再来一遍, 再来一次",
	),
	/** `其他不变`. */
	unchanged: listOf("不变, 一致, 别动, 不要动, 保持, 不改, 别改, 不用改, 不要变, 保留"),
	/** `再来四张`: what is counted when the same is asked for once more. */
	once: listOf("张, 幅, 个, 组, 版, 套, 款, 次, 遍, 份, 批"),
	/** `猫换成狗`: of `becomes` those that no story tells, and that a noun may stand before. */
	swaps: listOf("换成, 换为, 改成, 改为, 替换成, 替换为"),
	/** `帽子去掉`: of `removes` those that a noun may stand before. */
	takenAway: listOf("去掉, 去除, 删掉, 删除, 删去, 移除, 擦掉, 抹掉, 拿掉, 拿走, p掉, 抠掉, 裁掉"),
	/** `再来三张类似的`. */
	alike: listOf("类似, 差不多, 相似, 一样, 同样, 同款, 不一样, 不同"),
	rest: listOf("其他, 其它, 其余, 别的, 剩下的, 其他地方, 其他部分, 其他都, 其余都, 人物, 构图"),
	/** Verbs that make a picture. */
	makes: listOf(
		"画, 绘制, 绘, 来, 生成, 产生, 做, 设计, 创作, 制作, 出, 弄, 整, 要, 想要, 想画, 想看, 写, 创建, 绘画, 拍, 给",
	),
	/** `把下面这首诗画成图`: texts that a message holds, to be drawn, and what becomes of them. */
	herein: listOf("下面, 以下, 下列, 如下, 这段, 这句, 这篇, 这些, 此, 该"),
	words: listOf("文字, 文本, 文案, 内容, 话, 信息, 数据, 描述, 提示词"),
	texts: listOf("诗, 诗词, 诗句, 古诗, 歌词, 文章, 故事, 文档, 句子, 段落, 论文, 日记, 成语"),
	draws: listOf("画, 绘制, 做, 制作, 变, 转, 转换, 转化, 生成, 设计, 改编, 可视化, 翻译"),
	media: listOf("图, 画, 海报, 卡片, 艺术字, 封面, 壁纸, 绘本, 书法, 贺卡, 表情包, 连环画, 条漫"),
	/** Words that count things, behind a number or without one. */
	measures: "个只张幅副条头匹座辆艘架朵棵株位名套组款件碗杯盘间栋座群对双片枚支把颗根场部台段首封",
	turningAway: listOf(
		"换个话题, 换成今天的话题, 今天的话题, 换个主题, 换一个主题, 换个题材, 换个内容, 换一个话题, 新的一张, 新图, 新的图, 新画, 下一张, 下一幅, 开始新的, 重新开始, 另起, 别的内容, 新主题, 新话题, 另一张图, 不画了, 不画这个",
	),
	/** `红色的`: alone, or behind a part of the picture. */
	colours: listOf(
		"红, 橙, 黄, 绿, 青, 蓝, 紫, 粉, 粉红, 黑, 白, 灰, 金, 银, 棕, 褐, 米白, 橘, 纯白, 纯黑, 深蓝, 浅蓝, 天蓝, 墨绿, 透明, 彩",
	),
	/** `转动漫`, `卡通化`, `像素风`: manners of drawing, before 风 and 化. */
	manners: listOf(
		"卡通, 动漫, 漫画, 二次元, 像素, 写实, 水彩, 油画, 水墨, 极简, 简约, 复古, 赛博, 赛博朋克, 手绘, 素描, 黑白, 日系, 国潮, 古, 国, 中国, 皮克斯, 吉卜力, 宫崎骏, 3d, q版",
	),
	/** `秋天的`: when it is, before 的. */
	times: listOf(
		"春天, 夏天, 秋天, 冬天, 白天, 晚上, 夜晚, 夜里, 早上, 清晨, 傍晚, 黄昏, 下雪, 下雨, 雪天, 雨天, 晴天, 阴天",
	),
	/** `全身`: how much of somebody is seen, and from where. */
	views: listOf(
		"全身, 半身, 上半身, 正面, 侧面, 背面, 侧脸, 特写, 近景, 远景, 中景, 全景, 俯视, 仰视, 俯拍, 仰拍, 平视",
	),
	/** `打码`: whole clauses that ask for a change. */
	alone: listOf(
		"打码, 提亮, 去背, 换装, 线稿, 转线稿, 描边, 修图, p图, 精修, 抠一下图, 瘦脸, 高清, 超清, 变高清, 变清晰, 高清化, 高清修复, 老照片修复, 保持一致, 保持不变",
	),
	/** `向左扩展`. */
	turns: listOf("移, 扩, 延, 拉, 挪, 看, 转, 倾, 平移"),
	/** `别的颜色`. */
	others: listOf("别的, 其他, 其他的, 其它, 其它的, 不同的, 另一种, 另外的"),
	/** `和刚才一样`. */
	before: listOf("刚才, 刚刚, 之前, 上一张, 上张, 上面, 这张, 原来, 原图"),
	/** `用同一个人物画`. */
	figures: listOf("人物, 角色, 形象, 人, 女孩, 男孩, 女生, 男生, 主角, 猫, 狗"),
	/** `穿西装`: ends of what somebody wears. */
	worn: listOf(
		"装, 服, 裙, 裙子, 衣, 外套, 衬衫, 帽子, 帽, 眼镜, 墨镜, 围巾, 口罩, 手套, 鞋, 鞋子, 靴子, 领带, 耳环, 项链, 旗袍, 婚纱, 裤子, 牛仔裤, t恤",
	),
	/** `白色背景`: the last word of a message that is hardly more. */
	mannerNouns: listOf("风格, 背景, 版, 版本, 色调, 滤镜, 画风, 质感, 效果, 构图, 视角, 角度, 光线"),
} as const;
