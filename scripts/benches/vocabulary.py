"""The words of the made-up corpus: of the trade, of places, of units."""

TRADE = """
产品 系统 设备 食品 管理 材料 安全 工程 装置 检测 电气 建筑 数据 信息 网络 服务 质量 环境 评价 控制
钢筋 混凝土 水泥 塑料 橡胶 玻璃 陶瓷 纺织 服装 鞋类 皮革 纸张 木材 家具 涂料 染料 肥料 农药 饲料 种子
茶叶 茉莉花茶 乌龙茶 白茶 水稻 小麦 玉米 大豆 蔬菜 水果 柑橘 荔枝 龙眼 食用菌 香菇 银耳 海带 紫菜 鲍鱼 对虾
养殖 种植 加工 贮藏 运输 包装 标签 冷链 物流 仓储 配送 溯源 屠宰 检疫 兽药 疫苗 医疗器械 中药材 制剂 消毒
机床 轴承 齿轮 阀门 泵 压缩机 锅炉 压力容器 管道 法兰 紧固件 焊接 铸造 锻件 热处理 模具 刀具 液压 气动 密封
电缆 电线 变压器 开关 断路器 电动机 发电机 蓄电池 锂离子电池 光伏 风力发电 储能 充电桩 电动汽车 汽车 摩托车 自行车 轮胎 船舶 航空
航天 铁路 轨道交通 桥梁 隧道 公路 港口 码头 集装箱 起重机 电梯 消防 防火 防水 保温 幕墙 门窗 地基 抗震 排水
污水 大气 噪声 固体废物 土壤 水质 节能 碳排放 能源 煤炭 石油 天然气 钢铁 铝合金 铜合金 不锈钢 稀土 矿山 地质 测绘
软件 硬件 芯片 集成电路 传感器 物联网 人工智能 云计算 区块链 大数据 信息安全 密码 通信 卫星 雷达 激光 显示 照明 灯具 家用电器
养老 家政 旅游 酒店 餐饮 教育 培训 体育 文化 档案 图书馆 政务 社区 物业 应急 气象 地震 海洋 渔业 林业
""".split()

LATIN = """
LED PVC ABS PET PE PP 5G 4G GPS RFID IPv6 USB HDMI X射线 Wi-Fi pH 3D CNC UV DNA
432LED H型 T形 C60 Q235 304 UPS LNG LPG CAD BIM ERP AI VR TPU EVA SBS PC PLC
""".split()

ENDINGS = """
通用要求 规范 试验方法 技术规程 测定 导则 分类 术语 操作规程 评价指南 检验规则 设计规范 验收规范 生产技术规程
质量分级 通则 安全要求 基本要求 管理规范 服务规范 指南 代码 图形符号 标志 限值 选型 安装 维护 编码规则 接口规范
施工规范 能效限定值 测量方法 抽样方案 校准规范 数据元 元数据 词汇 总则 规则
""".split()

ENGLISH = """
product system equipment food management material safety engineering device testing electrical building data
information network service quality environment evaluation control steel concrete cement plastic rubber glass
ceramic textile clothing footwear leather paper wood furniture paint dye fertilizer pesticide feed seed tea rice
wheat maize soybean vegetable fruit citrus mushroom kelp abalone prawn processing storage transport packaging label
logistics machine bearing gear valve pump compressor boiler vessel pipe flange fastener welding casting forging
tool hydraulic seal cable wire transformer switch breaker motor generator battery photovoltaic wind vehicle
motorcycle bicycle tyre ship aircraft space railway bridge tunnel road port container crane lift fire insulation
window foundation drainage sewage air noise waste soil water energy carbon coal petroleum gas iron aluminium copper
mining geology software hardware chip sensor cloud cryptography communication satellite radar laser display lighting
""".split()

ENGLISH_ENDINGS = (
    "Test methods",
    "General requirements",
    "Specification",
    "Vocabulary",
    "Part 1: General",
    "Part 2: Particular requirements",
    "Guidelines",
    "Determination",
    "Code of practice",
    "Safety requirements",
)

SECTORS = """
AQ BB CB CH CJ CY DA DL DZ EJ FZ GA GH GY HB HG HJ HS HY JB JC JG JR JT JY LB LD LS LY MH MT MZ NB NY QB QC QJ QX
SB SC SF SH SJ SL SN SY TB TD TY WB WH WJ WM WS XB YB YC YD YS YY YZ ZY
""".split()

PLACES = {
    "110000": "北京", "120000": "天津", "130000": "河北", "140000": "山西", "150000": "内蒙古",
    "210000": "辽宁", "220000": "吉林", "230000": "黑龙江", "310000": "上海", "320000": "江苏",
    "330000": "浙江", "340000": "安徽", "350000": "福建", "360000": "江西", "370000": "山东",
    "410000": "河南", "420000": "湖北", "430000": "湖南", "440000": "广东", "450000": "广西",
    "460000": "海南", "500000": "重庆", "510000": "四川", "520000": "贵州", "530000": "云南",
    "610000": "陕西", "620000": "甘肃", "630000": "青海", "640000": "宁夏", "650000": "新疆",
    "350100": "福州", "350200": "厦门", "350300": "莆田", "350400": "三明", "350500": "泉州",
    "350600": "漳州", "350700": "南平", "350800": "龙岩", "350900": "宁德", "440300": "深圳",
}  # fmt: skip

INDUSTRIES = """
电子科技 机械制造 食品 化工 建材 纺织 医药 新能源 环保 农业 信息技术 汽车部件 包装 物流 精密仪器 新材料 检测技术 生物科技
""".split()

PUBLISHERS = {
    "national": "国家市场监督管理总局",
    "sector": "工业和信息化部",
    "local": "市场监督管理局",
    "group": "行业协会",
    "foreign": "国际标准化组织",
    "enterprise": "",
}
