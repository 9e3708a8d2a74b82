"""How surnames are read, and given-name characters with two current readings: data, no code.

The dictionaries list the commonest reading of a character in running text, which for surnames is
often the wrong one (单 dān, 仇 chóu, 区 qū); a character whose commonest reading is right is not
repeated here. First comes the reading as a surname (现代汉语词典, 第7版; 中国姓氏辞典), then
those a clerk may type who does not know it. No tones; ü is v.
"""

from __future__ import annotations

_SINGLE = """
单 shan dan|單 shan dan|仇 qiu chou|曾 zeng ceng|区 ou qu|區 ou qu|解 xie jie|查 zha cha
盖 ge gai|蓋 ge gai|朴 piao pu|翟 zhai di|覃 qin tan|乐 yue le|樂 yue le|缪 miao mou
繆 miao mou|员 yun yuan|員 yun yuan|黑 he hei|种 chong zhong|繁 po fan|召 shao zhao|郗 xi chi
洗 xian xi|柏 bai bo|贲 ben bi|车 che ju|谌 chen shen|都 du dou|度 du duo|隗 wei kui|牟 mou mu
能 nai neng|粘 nian zhan|折 she zhe|沈 shen chen|石 shi dan|适 kuo shi|尉 wei yu|藏 zang cang
祭 zhai ji|秘 bi mi|阚 kan han|郇 xun huan|卜 bu bo|薄 bo bao|伯 bo bai|乜 nie mie|行 xing hang
重 chong zhong|郄 qie xi|佴 nai er|费 fei bi|費 fei bi|句 gou ju|於 yu wu|盛 sheng cheng
钭 tou dou|炅 gui jiong|莘 shen xin|颉 xie jie|宓 mi fu|隽 juan jun|谷 gu yu|笮 ze zuo
率 shuai lv|不 fou bu|么 yao me|丌 ji qi|强 qiang jiang|角 jue jiao|贾 jia gu|降 xiang jiang
省 xing sheng|长 zhang chang|長 zhang chang|俞 yu shu|会 gui hui|琢 zhuo|给 ji gei|蔚 yu wei
晟 cheng sheng|镡 tan xin|鐔 tan xin|澹 tan dan|侗 tong dong|缴 jiao zhuo|郤 xi qie|蕃 fan bo
"""

_COMPOUND = """
欧阳 ou yang|歐陽 ou yang|上官 shang guan|司马 si ma|司徒 si tu|司空 si kong|司寇 si kou
诸葛 zhu ge|尉迟 yu chi|尉遲 yu chi|长孙 zhang sun|長孫 zhang sun|万俟 mo qi|萬俟 mo qi
令狐 ling hu|夏侯 xia hou|单于 chan yu|澹台 tan tai|宇文 yu wen|皇甫 huang fu|淳于 chun yu
濮阳 pu yang|公孙 gong sun|公羊 gong yang|公冶 gong ye|公西 gong xi|慕容 mu rong|钟离 zhong li
独孤 du gu|南宫 nan gong|东方 dong fang|呼延 hu yan|端木 duan mu|轩辕 xuan yuan|百里 bai li
东郭 dong guo|赫连 he lian|闻人 wen ren|鲜于 xian yu|宗政 zong zheng|太史 tai shi|申屠 shen tu
闾丘 lv qiu|乐正 yue zheng|亓官 qi guan|子车 zi ju|颛孙 zhuan sun|拓跋 tuo ba|拓拔 tuo ba
夹谷 jia gu|宰父 zai fu|谷梁 gu liang|段干 duan gan|东门 dong men|南门 nan men|西门 xi men
纳兰 na lan|第五 di wu|梁丘 liang qiu|左丘 zuo qiu|贺兰 he lan|耶律 ye lv|完颜 wan yan
仆固 pu gu|达奚 da xi|尔朱 er zhu|巫马 wu ma|漆雕 qi diao|壤驷 rang si|仲孙 zhong sun
羊舌 yang she|微生 wei sheng|相里 xiang li|哥舒 ge shu|贺若 he ruo|叔孙 shu sun|屈突 qu tu
"""

_GIVEN = """
乐 le yue|樂 le yue|行 xing hang heng|长 chang zhang|長 chang zhang|重 chong zhong
朝 chao zhao|晟 sheng cheng|茜 qian xi|莞 wan guan|柏 bai bo|曾 zeng ceng|盛 sheng cheng
都 du dou|单 dan shan|还 huan hai|觉 jue jiao|纶 lun guan|率 shuai lv|莘 shen xin|厦 xia sha
蔚 wei yu|校 xiao jiao|奇 qi ji|参 can shen cen|说 shuo yue|仔 zi zai|佛 fo fu|伽 jia qie ga
解 jie xie|藏 cang zang|降 jiang xiang|尉 wei yu|贾 jia gu|度 du duo|卜 bu bo|阿 a e|洗 xi xian
车 che ju|露 lu lou|什 shen shi|省 sheng xing|似 si|颉 jie xie|栖 qi xi|宓 mi fu|泊 bo po
琢 zhuo zuo|员 yuan yun|筠 yun jun|鹄 hu gu|隗 wei kui|靓 liang jing|祭 ji zhai|传 chuan zhuan
薄 bo bao|弹 tan dan|调 tiao diao|给 gei ji|咯 luo|虹 hong jiang|缉 ji qi|浚 jun xun|壳 ke qiao
勒 le|绿 lv lu|脉 mai mo|牟 mou mu|朴 pu piao|亲 qin qing|塞 sai se|杉 shan sha|拓 tuo ta
巷 xiang hang|畜 xu chu|着 zhe zhao zhuo|术 shu zhu|幢 zhuang chuang|柞 zuo zha|婼 ruo chuo
荨 qian xun|番 fan pan|繁 fan po|缪 miao mou|宿 su xiu|侗 dong tong|枞 cong zong|溱 qin zhen
沓 ta da|嗒 ta da|沈 shen chen|葚 shen ren|瑱 zhen tian|瑒 yang chang|玚 yang chang
珩 heng hang|祇 qi zhi|禅 chan shan|稽 ji qi|聒 guo|芎 xiong qiong|貉 he hao|遗 yi wei
隽 juan jun|雋 juan jun
"""


def _table(text: str) -> dict[str, tuple[str, ...]]:
    entries = (entry.split() for line in text.split("\n") for entry in line.split("|") if entry)
    return {entry[0]: tuple(entry[1:]) for entry in entries}


SINGLE = _table(_SINGLE)
"""Surname of one character → its readings, first the right one."""

COMPOUND = _table(_COMPOUND)
"""Surname of two characters → one syllable for each."""

GIVEN = _table(_GIVEN)
"""Character of a given name → the readings people give it, first the likeliest."""
