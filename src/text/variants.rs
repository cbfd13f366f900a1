//! Traditional characters: reports are read by words in simplified ones.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::CharSet;

/// Traditional characters, each with its simplified form, in order: those that stand in words by which reports are read. Both take three
/// bytes. (From the tables of Open Chinese Convert.)
const PAIRS: &str = "\
    並并 乾干 佈布 佔占 併并 來来 侖仑 侷局 係系 個个 們们 偉伟 側侧 備备 傢家 債债 僅仅 價价 億亿 償偿 \
    優优 兌兑 內内 兩两 冊册 凈净 別别 則则 剋克 劃划 劑剂 動动 務务 勞劳 匯汇 區区 協协 卽即 厤历 參参 \
    叄叁 員员 問问 單单 噸吨 噹当 嚮向 國国 圍围 圓圆 圖图 團团 執执 報报 場场 塊块 壓压 學学 實实 審审 \
    寫写 寬宽 將将 專专 對对 導导 屆届 層层 屬属 崙仑 嵗岁 師师 帶带 幣币 幹干 幾几 廳厅 張张 強强 彆别 \
    彔录 彙汇 後后 徑径 從从 復复 恆恒 慮虑 應应 戶户 捨舍 捲卷 換换 損损 搖摇 摺折 撥拨 擊击 據据 擴扩 \
    攝摄 敎教 數数 斷断 於于 旂旗 昇升 時时 晉晋 曆历 曏向 會会 朮术 査查 條条 棄弃 棟栋 業业 榦干 構构 \
    槍枪 標标 樣样 樹树 機机 檔档 檢检 檯台 欄栏 權权 歐欧 歲岁 歷历 歸归 決决 沒没 況况 淨净 減减 準准 \
    滙汇 滾滚 滿满 漢汉 漲涨 潤润 灣湾 為为 無无 熱热 營营 爭争 爲为 牀床 獻献 現现 環环 產产 産产 畝亩 \
    畢毕 當当 疊叠 癒愈 發发 盃杯 盞盏 盧卢 睏困 矯矫 碩硕 確确 碼码 禮礼 稅税 種种 稱称 積积 筆笔 箇个 \
    節节 範范 簽签 籠笼 籤签 糰团 紀纪 約约 紅红 納纳 紐纽 級级 終终 組组 結结 絕绝 給给 統统 絶绝 經经 \
    綜综 綫线 維维 網网 綵彩 線线 締缔 編编 緻致 縣县 縮缩 總总 績绩 織织 繫系 續续 纍累 纔才 罰罚 羅罗 \
    聯联 聲声 職职 脩修 臨临 臺台 與与 舉举 舊旧 舘馆 茲兹 萬万 蓆席 蓋盖 蔘参 處处 號号 虧亏 術术 衕同 \
    衛卫 裏里 補补 裡里 製制 複复 覈核 見见 規规 計计 記记 訪访 設设 註注 詞词 試试 話话 該该 詳详 誌志 \
    認认 誤误 說说 説说 課课 調调 請请 論论 講讲 識识 議议 護护 讀读 變变 貝贝 負负 財财 貢贡 貨货 貳贰 \
    買买 貸贷 費费 貿贸 資资 賣卖 賬账 購购 趕赶 踰逾 車车 軍军 較较 輛辆 輪轮 轄辖 轉转 辦办 農农 迴回 \
    這这 連连 週周 進进 遊游 過过 達达 違违 遷迁 還还 邊边 郵邮 鄉乡 鄰邻 醜丑 醫医 釋释 釐厘 釦扣 鈡钟 \
    銀银 銷销 錄录 錢钱 錯错 録录 錶表 鍾钟 鎊镑 鎭镇 鎮镇 鐘钟 長长 門门 開开 間间 閤合 闆板 關关 陞升 \
    陰阴 陸陆 隊队 階阶 際际 隨随 隻只 雙双 難难 雲云 電电 韆千 韓韩 響响 頁页 頃顷 項项 順顺 須须 預预 \
    頭头 頻频 顆颗 題题 額额 願愿 顛颠 類类 顯显 颱台 餘余 館馆 馬马 驗验 驟骤 體体 髮发 鬚须 鳴鸣 麪面 \
    麫面 麯曲 麴曲 麵面 點点 黨党 齊齐 齣出";

/// The traditional characters among them.
static TRADITIONAL: LazyLock<CharSet> = LazyLock::new(|| {
    let mut set = CharSet::default();
    pairs().for_each(|(traditional, _)| set.insert(traditional));
    set
});

fn pairs() -> impl Iterator<Item = (char, char)> {
    PAIRS.split(' ').filter_map(|pair| pair.chars().next().zip(pair.chars().nth(1)))
}

/// Whether any of these characters is in a text.
fn has_traditional(text: &str) -> bool {
    let set: &CharSet = &TRADITIONAL;
    let mut rest = text.as_bytes();
    loop {
        // In a Chinese report such characters are nearly all there is.
        while let &[first @ 0xe0..0xf0, second, third, ref after @ ..] = rest {
            if set.contains_three(first, second, third) {
                return true;
            }
            rest = after;
        }
        match rest {
            [_, after @ ..] => rest = after,
            [] => return false,
        }
    }
}

/// A text with its traditional characters simplified, byte for byte as long.
pub fn simplified(text: &str) -> Cow<'_, str> {
    static FORMS: LazyLock<Vec<(char, char)>> = LazyLock::new(|| pairs().collect());
    if !has_traditional(text) {
        return Cow::Borrowed(text);
    }
    let form = |c: char| FORMS.binary_search_by_key(&c, |pair| pair.0).map_or(c, |at| FORMS[at].1);
    Cow::Owned(text.chars().map(|c| if TRADITIONAL.contains(c) { form(c) } else { c }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_in_order_and_as_long() {
        let all: Vec<_> = pairs().collect();
        assert!(all.windows(2).all(|two| two[0].0 < two[1].0));
        assert!(all.iter().all(|(a, b)| a.len_utf8() == 3 && b.len_utf8() == 3 && a != b));
        assert_eq!(all.len(), PAIRS.split(' ').count());
    }

    #[test]
    fn texts_are_simplified() {
        assert_eq!(simplified("單位：億元，其中個人3萬個"), "单位：亿元，其中个人3万个");
        assert!(matches!(simplified("单位：亿元 million €"), Cow::Borrowed(_)));
    }
}
